package com.openagents.runtime.execution;

import java.time.Duration;

/// Bounds on what a run may take.
///
/// @param flushAfter how long model output may wait before it is appended
/// @param flushChars how much of it may wait
/// @param turnDeadline how long an executor may work on one turn; warned of at 80 %
/// @param eventsMax how many events a log may have; warned of at 80 %
/// @param bytesMax about how many bytes a log may have; warned of at 80 %
/// @param decisionsMax how many decisions a turn may take without anything from outside
/// @param recoveriesMax how many recoveries without progress are tried, and how often an answer is
///   asked for again that broke off
/// @param recoveryCooldown the pause before every recovery but the first
public record Limits(
    Duration flushAfter,
    int flushChars,
    Duration turnDeadline,
    long eventsMax,
    long bytesMax,
    int decisionsMax,
    int recoveriesMax,
    Duration recoveryCooldown) {

  public static Limits defaults() {
    return new Limits(
        Duration.ofMillis(50),
        2048,
        Duration.ofMinutes(15),
        1_000_000,
        1L << 30,
        100,
        3,
        Duration.ofSeconds(30));
  }

  public Limits withTurnDeadline(Duration deadline) {
    return new Limits(
        flushAfter,
        flushChars,
        deadline,
        eventsMax,
        bytesMax,
        decisionsMax,
        recoveriesMax,
        recoveryCooldown);
  }

  public Limits withEventsMax(long max) {
    return new Limits(
        flushAfter,
        flushChars,
        turnDeadline,
        max,
        bytesMax,
        decisionsMax,
        recoveriesMax,
        recoveryCooldown);
  }

  public Limits withBytesMax(long max) {
    return new Limits(
        flushAfter,
        flushChars,
        turnDeadline,
        eventsMax,
        max,
        decisionsMax,
        recoveriesMax,
        recoveryCooldown);
  }

  /// The pause before the next executor may begin after the given recovery, counted from 1.
  public Duration pauseBefore(int attempt) {
    return attempt <= 1 ? Duration.ZERO : recoveryCooldown;
  }
}
