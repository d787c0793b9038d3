package com.openagents.runtime.run;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody wants a run to do; time, ids and epochs arrive inside.
public sealed interface RunCommand {

  record Create(RunSpec spec, Digest content) implements RunCommand {}

  /// An executor took the lease and begins, or takes over.
  ///
  /// @param cause what woke a waiting run, or recovery; ignored for the first start
  record Begin(NodeId node, Cause cause) implements RunCommand {}

  record Wait(WaitingFor waitingFor, @Nullable Instant until) implements RunCommand {}

  record RequestCancel(@Nullable String reason, String requestedBy) implements RunCommand {}

  record Complete() implements RunCommand {}

  record Fail(ReasonClass reasonClass, String message) implements RunCommand {}

  /// Everything has stopped after a cancel request.
  record Cancel(ReasonClass reasonClass, @Nullable String reason) implements RunCommand {}

  /// The executor's lease ran out.
  record LoseExecutor(NodeId node, long epoch, int attempt, long resumeAfterMs)
      implements RunCommand {}
}
