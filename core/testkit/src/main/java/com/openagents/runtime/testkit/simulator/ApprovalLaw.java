package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.testkit.law.RunEvidence;
import com.openagents.runtime.testkit.law.WitnessedWrite;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every approval is asked for once and answered once, and only its owner approves. What a fork has
/// of its original is judged there.
final class ApprovalLaw {

  private ApprovalLaw() {}

  static Optional<String> breach(RunEvidence run, Map<String, Boolean> verdicts) {
    long inherited = run.inherited().throughSeq();
    Set<String> open = new HashSet<>();
    for (Envelope envelope : run.log()) {
      switch (envelope.event()) {
        case ToolApprovalRequested asked -> open.add(asked.approvalId());
        case ToolApprovalResolved resolved -> {
          if (!open.remove(resolved.approvalId())) {
            return Optional.of("nobody asked for " + resolved);
          }
          boolean answered = resolved.resolvedBy().equals("frame");
          boolean wanted = verdicts.getOrDefault(resolved.approvalId(), false);
          boolean own = envelope.seq() > inherited;
          if (own && resolved.approved() && !(answered && wanted)) {
            return Optional.of("nobody approved " + resolved);
          }
        }
        case RunForked _ -> open.clear();
        default -> {}
      }
    }
    return open.isEmpty() || endedByJanitor(run)
        ? Optional.empty()
        : Optional.of("nobody answered " + open);
  }

  /// The janitor knows no more of a run than its columns, so it answers nothing.
  private static boolean endedByJanitor(RunEvidence run) {
    return run.writes().stream()
        .map(WitnessedWrite::append)
        .filter(write -> write.columns() != null && write.columns().run().ended())
        .anyMatch(
            write -> write.precondition().executorEpoch() == null && write.events().size() == 1);
  }
}
