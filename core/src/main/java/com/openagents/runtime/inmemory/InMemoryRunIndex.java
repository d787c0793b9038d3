package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.Seals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds runs by looking at all of them. Thread-safe.
final class InMemoryRunIndex implements RunIndex {

  private static final Comparator<RunHead> OLDEST_FIRST =
      Comparator.comparing(RunHead::createdAt).thenComparing(RunHead::runId);

  private final Tables tables;
  private final Seals seals;

  InMemoryRunIndex(Tables tables, Seals seals) {
    this.tables = tables;
    this.seals = seals;
  }

  @Override
  public List<RunHead> list(Query query) {
    return tables.exclusively(t ->
        heads(t)
            .filter(head -> matches(head, query))
            .sorted(OLDEST_FIRST.reversed())
            .limit(query.limit())
            .toList());
  }

  @Override
  public Optional<RunHead> active(ThreadId threadId) {
    return tables.exclusively(t ->
        heads(t)
            .filter(head -> head.threadId().equals(threadId) && !head.columns().run().ended())
            .max(OLDEST_FIRST));
  }

  private static boolean matches(RunHead head, Query query) {
    return wanted(query.owner(), head.owner())
        && wanted(query.threadId(), head.threadId())
        && wanted(query.status(), head.columns().run().status())
        && wanted(query.agent(), head.agent().name())
        && (query.before() == null || isBefore(head, query.before()));
  }

  private static boolean wanted(@Nullable Object asked, Object found) {
    return asked == null || asked.equals(found);
  }

  private static boolean isBefore(RunHead head, Before before) {
    int byTime = head.createdAt().compareTo(before.createdAt());
    return byTime != 0 ? byTime < 0 : head.runId().compareTo(before.runId()) < 0;
  }

  @Override
  public List<RunHead> due(int limit) {
    return tables.exclusively(t -> {
      Instant now = t.now();
      return heads(t)
          .filter(head -> head.lease() instanceof Lease.Free && !head.columns().run().ended())
          .filter(head -> wakeAt(head).filter(at -> !at.isAfter(now)).isPresent())
          .sorted(
              Comparator.comparing((RunHead head) -> wakeAt(head).orElseThrow())
                  .thenComparing(RunHead::runId))
          .limit(limit)
          .toList();
    });
  }

  private static Optional<Instant> wakeAt(RunHead head) {
    return Optional.ofNullable(head.wakeAt());
  }

  @Override
  public List<RunHead> expired(int limit) {
    return tables.exclusively(t -> {
      Instant now = t.now();
      return heads(t)
          .filter(head -> !head.columns().run().ended())
          .filter(head -> expiry(head).filter(at -> at.isBefore(now)).isPresent())
          .sorted(
              Comparator.comparing((RunHead head) -> expiry(head).orElseThrow())
                  .thenComparing(RunHead::runId))
          .limit(limit)
          .toList();
    });
  }

  private static Optional<Instant> expiry(RunHead head) {
    return head.lease() instanceof Lease.Held held
        ? Optional.of(held.expiresAt())
        : Optional.empty();
  }

  @Override
  public List<RunId> unsealed(int limit) {
    return tables.exclusively(t ->
        heads(t)
            .filter(head -> head.columns().run().ended())
            .filter(head -> seals.find(head.runId()).isEmpty())
            .sorted(OLDEST_FIRST)
            .map(RunHead::runId)
            .limit(limit)
            .toList());
  }

  /// The first moment at which a lease counts as expired.
  private static Optional<Instant> runOut(RunHead head) {
    return expiry(head).map(at -> at.plus(1, ChronoUnit.MICROS));
  }

  /// The soonest time in the future at which a run becomes due or a lease runs out.
  Instant nextWake() {
    return tables.exclusively(t -> {
      Instant now = t.now();
      return heads(t)
          .filter(head -> !head.columns().run().ended())
          .flatMap(head -> Stream.concat(wakeAt(head).stream(), runOut(head).stream()))
          .filter(at -> at.isAfter(now))
          .min(Comparator.naturalOrder())
          .orElse(Instant.MAX);
    });
  }

  private static Stream<RunHead> heads(Tables tables) {
    Instant now = tables.now();
    return tables.runs().stream().map(run -> run.head().asOf(now));
  }
}
