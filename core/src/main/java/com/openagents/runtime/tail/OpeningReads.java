package com.openagents.runtime.tail;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What is read of the store for readers that have just come: a few reads at a time, however many
/// readers there are, so that those who are there already, and the runs themselves, go on.
///
/// Whoever waits blocks the calling thread, which should be a virtual one; an interrupt ends the
/// wait as if it had been too long. Thread-safe.
public final class OpeningReads {

  /// How much openings may take.
  ///
  /// @param readingMax reads at a time
  /// @param waitingMax openings that wait for a read of theirs
  /// @param waitMax how long an opening waits for each of its reads
  public record Bounds(int readingMax, int waitingMax, Duration waitMax) {
    public static final Bounds DEFAULT = new Bounds(4, 5_000, Duration.ofSeconds(10));
  }

  private record Page(RunId runId, long after, int limit) {}

  private final EventLog log;
  private final Bounds bounds;
  private final Gate gate;
  private final SharedReads<RunId, Optional<RunHead>> heads;
  private final SharedReads<Page, List<Envelope>> pages;
  private final Semaphore places;
  private final LongAdder refused = new LongAdder();

  /// @param log read from, never written to
  /// @param nanoTime time that passes evenly, from any origin, in nanoseconds
  public OpeningReads(EventLog log, Bounds bounds, LongSupplier nanoTime) {
    this.log = log;
    this.bounds = bounds;
    this.places = new Semaphore(bounds.waitingMax());
    this.gate = new Gate(bounds.readingMax(), bounds.waitMax());
    this.heads = new SharedReads<>(gate, bounds.waitMax(), nanoTime);
    this.pages = new SharedReads<>(gate, bounds.waitMax(), nanoTime);
  }

  /// Makes any other read that an opening needs.
  ///
  /// @throws Crowded when too many wait, or it waited too long
  public <T> T read(Supplier<T> reading) {
    return counted(() -> gate.pass(reading));
  }

  Optional<RunHead> head(RunId runId) {
    return counted(() -> heads.read(runId, () -> log.head(runId)));
  }

  List<Envelope> durable(RunId runId, long after, int limit) {
    return counted(() ->
        pages.read(
            new Page(runId, after, limit),
            () -> log.readDurable(runId, after, limit).stream().map(EventCodec::decode).toList()));
  }

  List<StoredEvent> page(RunId runId, long after, int limit) {
    return read(() -> log.read(runId, after, limit));
  }

  /// Reads for streams that are open and behind. It waits as long as it takes, for there is nobody
  /// left to refuse.
  List<StoredEvent> past(RunId runId, long after, int limit) {
    return gate.passPatiently(() -> log.read(runId, after, limit));
  }

  /// How many openings wait for a read of theirs, or make one.
  public int waiting() {
    return bounds.waitingMax() - places.availablePermits();
  }

  /// How many openings were refused because there were too many.
  public long refused() {
    return refused.sum();
  }

  private <T> T counted(Supplier<T> reading) {
    try {
      if (!places.tryAcquire()) {
        throw new Crowded("more than " + bounds.waitingMax() + " wait");
      }
      try {
        return reading.get();
      } finally {
        places.release();
      }
    } catch (Crowded e) {
      refused.increment();
      throw e;
    }
  }
}
