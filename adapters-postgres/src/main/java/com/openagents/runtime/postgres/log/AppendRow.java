package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an append statement answers for one write.
///
/// @param refusal null when the write is durable
/// @param at the clock at the write
/// @param lastSeq the head of the run's log now
/// @param epoch the run's epoch now
record AppendRow(@Nullable String refusal, Instant at, long lastSeq, long epoch) {

  /// Whether the frame may have been taken before, which would be the answer instead.
  boolean hidesAFrame() {
    return switch (refusal) {
      case null -> false;
      case "UNKNOWN_RUN", "FOREIGN", "DUPLICATE", "CONFLICT" -> false;
      default -> true;
    };
  }

  /// @param events how many events the write had
  Appended outcome(int events) {
    return switch (refusal) {
      case null -> new Appended.Written(lastSeq - events + 1, lastSeq, epoch, at);
      case "DUPLICATE" -> new Appended.Duplicate(lastSeq);
      default -> new Appended.Refused(Refusal.valueOf(refusal), lastSeq, epoch);
    };
  }
}
