package com.openagents.runtime.intake;

import java.time.Duration;
import java.util.Optional;

/// How heavily a node may be loaded and still take more. Pure.
///
/// A node that is degraded takes no new runs, for another node may have room. It takes frames of
/// runs that were accepted, until too many of them wait.
public record LoadLimits(
    int executingMax,
    long queuedFramesMax,
    Duration poolWaitMax,
    Duration appendLatencyMax,
    Duration mailboxAgeMax) {

  /// The limits by the names that meters give them.
  public enum Limit {
    EXECUTING,
    QUEUED_FRAMES,
    POOL_WAIT,
    APPEND_LATENCY,
    MAILBOX_AGE
  }

  /// The limit that keeps the node from taking a new run, or empty.
  public Optional<Limit> againstStart(Load load) {
    if (load.executing() >= executingMax) {
      return Optional.of(Limit.EXECUTING);
    }
    if (load.poolWait().compareTo(poolWaitMax) > 0) {
      return Optional.of(Limit.POOL_WAIT);
    }
    if (load.appendLatency().compareTo(appendLatencyMax) > 0) {
      return Optional.of(Limit.APPEND_LATENCY);
    }
    return load.mailboxAge().compareTo(mailboxAgeMax) > 0
        ? Optional.of(Limit.MAILBOX_AGE)
        : againstFrame(load);
  }

  /// The limit that keeps the node from taking a frame, or empty.
  public Optional<Limit> againstFrame(Load load) {
    return load.queuedFrames() >= queuedFramesMax
        ? Optional.of(Limit.QUEUED_FRAMES)
        : Optional.empty();
  }
}
