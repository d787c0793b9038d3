package com.openagents.runtime.execution;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Utterance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Under what an executor acts for a run: fixed for as long as it holds the lease.
///
/// @param epoch the fence of every write
/// @param since when the lease was acquired, on the store's clock
/// @param earlier what was said in the thread before this run
public record Charter(
    RunId runId,
    NodeId node,
    long epoch,
    Instant since,
    Duration leaseTtl,
    AgentProgram program,
    List<Utterance> earlier) {

  public Charter {
    earlier = List.copyOf(earlier);
  }
}
