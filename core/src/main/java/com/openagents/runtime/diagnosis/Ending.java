package com.openagents.runtime.diagnosis;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.RunState;
import java.util.Optional;

/// What the end of a log says about why the run failed.
///
/// @param message that of `run.failed`
/// @param quarantined the frame that was put aside, if one was
record Ending(Optional<String> message, Optional<FrameQuarantined> quarantined) {

  static final Ending UNTOLD = new Ending(Optional.empty(), Optional.empty());

  private static final int TAIL = 100;

  /// Reads the end of a log; what lies far before it is left out.
  static Ending read(EventLog log, RunHead head) {
    Ending ending = UNTOLD;
    long after = Math.max(0, head.lastSeq() - TAIL);
    for (StoredEvent stored : log.readDurable(head.runId(), after, TAIL)) {
      ending =
          switch (EventCodec.decode(stored).event()) {
            case RunFailed failed -> new Ending(Optional.of(failed.message()), ending.quarantined);
            case FrameQuarantined frame -> new Ending(ending.message, Optional.of(frame));
            default -> ending;
          };
    }
    return ending;
  }

  /// Adds the facts that the reason rests on.
  void addEvidence(ReasonClass why, RunState state, Json.Builder evidence) {
    switch (why) {
      case POISON_FRAME ->
          quarantined.ifPresent(frame ->
              evidence
                  .put("frameId", frame.frameId().value())
                  .put("errorClass", frame.errorClass())
                  .put("attempts", frame.attempts()));
      case DEADLINE_EXCEEDED -> evidence.put("deadline", state.specified().deadline());
      case IDLE_TIMEOUT -> evidence.put("idleTimeoutMs", state.specified().idleTimeoutMs());
      case LOG_LIMIT -> evidence.put("bytes", state.bytes());
      case RECOVERY_EXHAUSTED -> evidence.put("recoveries", state.recoveries());
      default -> {}
    }
  }

  /// What somebody can do about a run that ended for a reason.
  String nextAction(ReasonClass why) {
    return switch (why) {
      case CANCEL_REQUESTED -> DiagnosisRules.NOTHING;
      case MODEL_UNAVAILABLE ->
          "Check OA_MODEL_BASE_URL, OA_MODEL_API_KEY and OA_MODEL_NAME, then start another run.";
      case POISON_FRAME ->
          quarantined
              .map(frame ->
                  "Frame %s was put aside after %d failures of class %s: look for them in the"
                          .formatted(frame.frameId().value(), frame.attempts(), frame.errorClass())
                      + " nodes' logs, then start another run.")
              .orElse("Look at the class of the error in the nodes' logs; then start another run.");
      case AGENT_ERROR -> "Correct the agent's program, then start another run.";
      case EXECUTION_FAILED -> "Ask whoever sent the frame `fail`; start another run to repeat it.";
      case RECOVERY_EXHAUSTED ->
          "Look in the nodes' logs for why executors were lost, then start another run.";
      case LOOP_DETECTED -> "Look at what the agent repeated, then start another run.";
      case POLICY_DENIED -> "Compare the run's tool policy with what its agent asked for.";
      case BUDGET_EXHAUSTED -> "Start another run, with a larger budget if the work needs it.";
      case DEADLINE_EXCEEDED -> "Start another run, with a later deadline if the work needs it.";
      case LOG_LIMIT ->
          "Start another run; raise OA_MAX_EVENTS or OA_MAX_BYTES if the work needs longer logs.";
      case IDLE_TIMEOUT ->
          "Start another run when there is more to say; idleTimeoutMs says how long one waits.";
    };
  }
}
