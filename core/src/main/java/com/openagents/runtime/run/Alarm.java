package com.openagents.runtime.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a run that waits has to be looked at again although nothing arrives. Pure.
public final class Alarm {

  private Alarm() {}

  /// The first of the wait's own end, the run's deadline, and the time to warn of it; null when
  /// none will come, or the run does not wait.
  public static @Nullable Instant of(RunState state) {
    return state.run() instanceof Run.Waiting waiting
        ? earlier(earlier(waiting.until(), state.specified().deadline()), deadlineWarning(state))
        : null;
  }

  /// How much of a limit is used when it is warned of.
  public static long fourFifths(long max) {
    return max - max / 5;
  }

  /// When the run's deadline is to be warned of, or null when there is none or it was done.
  private static @Nullable Instant deadlineWarning(RunState state) {
    Instant from = state.createdAt();
    Instant until = state.specified().deadline();
    return from == null || until == null || state.warned().contains("run_deadline")
        ? null
        : from.plusMillis(fourFifths(Duration.between(from, until).toMillis()));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }
}
