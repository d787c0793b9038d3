package com.openagents.runtime.run;

import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.WaitingFor;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a run is in its life.
public sealed interface Run {

  /// Nothing is known of the run.
  record Absent() implements Run {}

  /// A run that has not ended.
  sealed interface Live extends Run {}

  /// Accepted; no executor has begun.
  record Created() implements Live {}

  record Running() implements Live {}

  /// Waits without an executor and without memory.
  ///
  /// @param until when the wait ends by itself, or null
  record Waiting(WaitingFor waitingFor, @Nullable Instant until) implements Live {}

  /// A cancel was requested; the executor, if there is one, still has to stop.
  record Canceling() implements Live {}

  /// Nothing reopens it.
  ///
  /// @param reasonClass why it failed or was canceled; null when it completed
  record Ended(Outcome outcome, @Nullable ReasonClass reasonClass) implements Run {}

  enum Outcome {
    COMPLETED,
    FAILED,
    CANCELED
  }

  /// The state's name in the store and in answers: `waiting`, `completed`, ….
  default String status() {
    return switch (this) {
      case Absent() -> "absent";
      case Created() -> "created";
      case Running() -> "running";
      case Waiting _ -> "waiting";
      case Canceling() -> "canceling";
      case Ended(Outcome outcome, _) -> outcome.name().toLowerCase(Locale.ROOT);
    };
  }

  default boolean ended() {
    return this instanceof Ended;
  }

  /// Rebuilds a state from its stored columns.
  ///
  /// @throws IllegalArgumentException when the columns name no state
  static Run ofColumns(
      String status,
      @Nullable String waitingFor,
      @Nullable Instant until,
      @Nullable String reasonClass) {
    ReasonClass reason = reasonClass == null ? null : ReasonClass.named(reasonClass);
    return switch (status) {
      case "created" -> new Created();
      case "running" -> new Running();
      case "canceling" -> new Canceling();
      case "waiting" -> {
        if (waitingFor == null) {
          throw new IllegalArgumentException("a waiting run waits for something");
        }
        yield new Waiting(WaitingFor.named(waitingFor), until);
      }
      case "completed" -> new Ended(Outcome.COMPLETED, reason);
      case "failed" -> new Ended(Outcome.FAILED, reason);
      case "canceled" -> new Ended(Outcome.CANCELED, reason);
      default -> throw new IllegalArgumentException("no such status: " + status);
    };
  }
}
