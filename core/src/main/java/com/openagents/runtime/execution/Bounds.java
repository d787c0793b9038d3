package com.openagents.runtime.execution;

import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Alarm;
import com.openagents.runtime.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How far a run may go: what ends it, and what is warned of once four fifths are used. Pure.
final class Bounds {

  private final RunState fold;
  private final Limits limits;
  private final Instant now;

  Bounds(RunState fold, Limits limits, Instant now) {
    this.fold = fold;
    this.limits = limits;
    this.now = now;
  }

  /// A limit that the run is beyond, for a program and for a person.
  record Passed(ReasonClass why, String message) {}

  /// Why the run must end now, or empty.
  Optional<Passed> passed() {
    Instant deadline = deadline();
    if (deadline != null && !now.isBefore(deadline)) {
      return Optional.of(
          new Passed(
              ReasonClass.DEADLINE_EXCEEDED,
              "the run did not end before its deadline, " + Timestamps.write(deadline)));
    }
    if (fold.lastSeq() >= limits.eventsMax()) {
      return full("events", fold.lastSeq(), limits.eventsMax());
    }
    return fold.bytes() >= limits.bytesMax()
        ? full("bytes", fold.bytes(), limits.bytesMax())
        : Optional.empty();
  }

  private static Optional<Passed> full(String what, long used, long max) {
    return Optional.of(
        new Passed(
            ReasonClass.LOG_LIMIT,
            "the log of the run has %d %s; the limit is %d".formatted(used, what, max)));
  }

  boolean turnPassed(Instant turnSince) {
    return now.isAfter(turnSince.plus(limits.turnDeadline()));
  }

  /// What is to be warned of and was not yet.
  ///
  /// @param turnSince when the turn in progress began under this lease, or null when none is
  List<RunLimitWarning> near(@Nullable Instant turnSince) {
    return Stream.of(
            new RunLimitWarning("events", fold.lastSeq(), limits.eventsMax()),
            new RunLimitWarning("bytes", fold.bytes(), limits.bytesMax()),
            between("run_deadline", fold.createdAt(), deadline()),
            between(
                "turn_deadline",
                turnSince,
                turnSince == null ? null : turnSince.plus(limits.turnDeadline())))
        .filter(warning -> warning.used() >= Alarm.fourFifths(warning.max()))
        .filter(warning -> !fold.warned().contains(warning.limit()))
        .toList();
  }

  private RunLimitWarning between(String limit, @Nullable Instant from, @Nullable Instant until) {
    return from == null || until == null
        ? new RunLimitWarning(limit, 0, Long.MAX_VALUE)
        : new RunLimitWarning(limit, millis(from, now), millis(from, until));
  }

  private static long millis(Instant from, Instant until) {
    return Duration.between(from, until).toMillis();
  }

  private @Nullable Instant deadline() {
    return fold.specified().deadline();
  }

  /// When a run that is let go needs an executor again.
  Wake wake() {
    Instant at = Alarm.of(fold);
    return at == null ? Wake.NEVER : new Wake.At(at);
  }
}
