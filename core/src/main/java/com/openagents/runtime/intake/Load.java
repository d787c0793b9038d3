package com.openagents.runtime.intake;

import java.time.Duration;

/// How heavily a node is loaded, as it was last measured.
///
/// @param executing runs that it carries out
/// @param queuedFrames frames that wait in those runs
/// @param poolWait how long a writer waits for a connection
/// @param appendLatency how long an append takes until it is durable, on average
/// @param mailboxAge how long the run has waited that has been due longest
public record Load(
    int executing,
    long queuedFrames,
    Duration poolWait,
    Duration appendLatency,
    Duration mailboxAge) {

  public static final Load NONE = new Load(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  public Load executing(int now) {
    return new Load(now, queuedFrames, poolWait, appendLatency, mailboxAge);
  }
}
