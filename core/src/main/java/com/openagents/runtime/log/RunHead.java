package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.Lease;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The row beside a run's log: fence, sequence and stored columns.
///
/// @param content digest of the request that started the run
/// @param lastSeq the head of the log
/// @param floor every event after this sequence is still there; 0 while nothing has aged out
/// @param wakeAt when the run next needs an executor, or null
/// @param readAt the store's clock when this was read
public record RunHead(
    RunId runId,
    ThreadId threadId,
    Principal owner,
    AgentRef agent,
    Digest content,
    Columns columns,
    long lastSeq,
    long floor,
    Lease lease,
    @Nullable Instant wakeAt,
    Instant createdAt,
    Instant updatedAt,
    Instant readAt) {

  /// The same row, read at another time.
  public RunHead asOf(Instant time) {
    return new RunHead(
        runId, threadId, owner, agent, content, columns, lastSeq, floor, lease, wakeAt, createdAt,
        updatedAt, time);
  }
}
