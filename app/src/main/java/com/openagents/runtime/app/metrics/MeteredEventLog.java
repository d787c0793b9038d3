package com.openagents.runtime.app.metrics;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.StoreUnavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Counts and times what is written. Thread-safe.
public final class MeteredEventLog implements EventLog {

  private final EventLog log;
  private final MeterRegistry registry;
  private final Timer latency;
  private final Counter events;
  private final Counter unavailable;
  private final Restarts restarts;
  private final LongAdder recentNanos = new LongAdder();
  private final LongAdder recentCount = new LongAdder();

  public MeteredEventLog(EventLog log, MeterRegistry registry) {
    this.log = log;
    this.registry = registry;
    this.latency =
        Timer.builder("runtime.append")
            .description("From the call of an append to its durable answer")
            .publishPercentileHistogram()
            .register(registry);
    this.events =
        Counter.builder("runtime.events").description("Events appended").register(registry);
    this.restarts = new Restarts(registry);
    this.unavailable =
        Counter.builder("runtime.append.unavailable")
            .description("Appends that the store did not answer")
            .register(registry);
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    long begun = System.nanoTime();
    try {
      List<Appended> outcomes = log.append(batch);
      for (int i = 0; i < outcomes.size(); i++) {
        count(batch.get(i), outcomes.get(i));
      }
      return outcomes;
    } catch (StoreUnavailable e) {
      unavailable.increment();
      throw e;
    } finally {
      long took = System.nanoTime() - begun;
      latency.record(took, TimeUnit.NANOSECONDS);
      if (batch.stream().noneMatch(append -> append.fork() != null)) {
        recentNanos.add(took);
        recentCount.increment();
      }
    }
  }

  /// How long an append took on average since this was last asked; zero when there was none.
  ///
  /// Forks count nothing: how long one takes says how much there was to copy.
  public Duration recentLatency() {
    long count = recentCount.sumThenReset();
    long nanos = recentNanos.sumThenReset();
    return count == 0 ? Duration.ZERO : Duration.ofNanos(nanos / count);
  }

  private void count(Append append, Appended outcome) {
    String word = word(outcome);
    counter("appends", "Appends, by what became of them", "outcome", word);
    if (append.frame() != null) {
      counter("frames", "Frames, by what became of them", "outcome", word);
    }
    if (!(append.lease() instanceof LeaseChange.Keep)) {
      String change = word(append.lease());
      counter("leases", "Changes of leases", "change", change, "outcome", word);
    }
    if (outcome instanceof Appended.Written written) {
      events.increment((double) (written.lastSeq() - written.firstSeq() + 1));
      restarts.count(append);
    }
  }

  private void counter(String name, String description, String... tags) {
    Counter.builder("runtime." + name)
        .description(description)
        .tags(tags)
        .register(registry)
        .increment();
  }

  private static String word(Appended outcome) {
    return switch (outcome) {
      case Appended.Written _ -> "written";
      case Appended.Duplicate _ -> "duplicate";
      case Appended.Refused(var why, _, _) -> why.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String word(LeaseChange change) {
    return switch (change) {
      case LeaseChange.Keep() -> "keep";
      case LeaseChange.Acquire _ -> "acquire";
      case LeaseChange.Visit() -> "visit";
      case LeaseChange.Extend _ -> "extend";
      case LeaseChange.Release() -> "release";
      case LeaseChange.Break() -> "break";
      case LeaseChange.End() -> "end";
    };
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return log.read(runId, after, limit);
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return log.readDurable(runId, after, limit);
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return log.head(runId);
  }
}
