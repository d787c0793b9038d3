package com.openagents.runtime.projection;

import com.openagents.runtime.run.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a run is, in a few fields.
///
/// @param run its state, from events alone: the last event of a run gives its last state
/// @param latestSeq the head of the log, which is the number of its events as well
/// @param latestEventType empty before the first event
/// @param reason what was said of why the run is to stop, or ended so
/// @param terminalAt when it ended, or null
public record RunSummary(
    Run run,
    long latestSeq,
    String latestEventType,
    Instant latestEventAt,
    @Nullable String reason,
    @Nullable Instant terminalAt) {

  String status() {
    return run.status();
  }
}
