package com.openagents.runtime.inmemory;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.RunHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Ageing by looking at all runs. Thread-safe.
final class InMemoryAgeing implements Ageing {

  private final Tables tables;
  private final Deque<Left> left = new ArrayDeque<>();

  InMemoryAgeing(Tables tables) {
    this.tables = tables;
  }

  /// What is noted and not removed yet.
  private record Left(RunRecord run, long from, long through) {}

  @Override
  public List<RunId> due(Duration window, int limit) {
    return tables.exclusively(t -> {
      Instant latest = t.now().minus(window);
      return t.runs().stream()
          .filter(run -> since(run).filter(at -> !at.isAfter(latest)).isPresent())
          .sorted(
              Comparator.comparing((RunRecord run) -> since(run).orElseThrow())
                  .thenComparing(run -> run.head().runId()))
          .map(run -> run.head().runId())
          .limit(limit)
          .toList();
    });
  }

  private static Optional<Instant> since(RunRecord run) {
    return Optional.ofNullable(run.lookedUntil());
  }

  @Override
  public boolean note(Look look) {
    return tables.exclusively(t -> {
      Optional<RunRecord> run =
          t.run(look.runId())
              .filter(found -> found.head().floor() == look.found())
              .filter(found -> found.head().lastSeq() >= look.floor());
      run.ifPresent(found -> note(found, look));
      return run.isPresent();
    });
  }

  private void note(RunRecord run, Look look) {
    run.age(floored(run.head(), look.floor()), look.ranges(), look.lookedUntil());
    look.ranges().forEach(range -> left.add(new Left(run, range.from(), range.through())));
  }

  @Override
  public int remove(int limit) {
    return tables.exclusively(_ -> {
      int gone = 0;
      while (gone < limit && !left.isEmpty()) {
        gone += remove(left.remove(), limit - gone);
      }
      return gone;
    });
  }

  private int remove(Left range, int limit) {
    long through = Math.min(range.through(), range.from() + limit - 1);
    range.run().remove(e -> e.seq() >= range.from() && e.seq() <= through && mayAge(e));
    if (through < range.through()) {
      left.addFirst(new Left(range.run(), through + 1, range.through()));
    }
    return (int) (through - range.from() + 1);
  }

  private static boolean mayAge(StoredEvent event) {
    return EventType.named(event.type()).filter(t -> t.retention() == Retention.DELTA).isPresent();
  }

  private static RunHead floored(RunHead head, long floor) {
    return new RunHead(
        head.runId(),
        head.threadId(),
        head.owner(),
        head.agent(),
        head.content(),
        head.columns(),
        head.lastSeq(),
        floor,
        head.lease(),
        head.wakeAt(),
        head.createdAt(),
        head.updatedAt(),
        head.readAt());
  }
}
