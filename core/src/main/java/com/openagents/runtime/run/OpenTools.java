package com.openagents.runtime.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.ToolEvent.ToolCanceled;
import com.openagents.runtime.event.ToolEvent.ToolFailed;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolStarted;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.ToolEvent.ToolTimedOut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tool calls of a run that have not ended: a fold of its log, for those who look at it. Not
/// thread-safe.
public final class OpenTools {

  private final Map<String, Open> open = new LinkedHashMap<>();
  private List<IntentRecord> intents = List.of();

  /// A tool call that has not ended, or a request for approval that stands for itself.
  ///
  /// @param name of the tool, or the subject of the request
  /// @param sinceSeq where it was requested
  public record Open(String toolCallId, String name, long sinceSeq, boolean waitingForApproval) {
    private Open waiting(boolean waits) {
      return new Open(toolCallId, name, sinceSeq, waits);
    }
  }

  /// Takes the next event of the log; those that may age out can be left out.
  public void apply(Envelope envelope) {
    switch (envelope.event()) {
      case StepStarted step -> intents = step.intents();
      case RunForked _, RunCompleted _, RunFailed _, RunCanceled _ -> open.clear();
      case ToolEvent event -> apply(envelope.seq(), event);
      default -> {}
    }
  }

  /// The calls, longest open first.
  public List<Open> list() {
    return List.copyOf(open.values());
  }

  private void apply(long seq, ToolEvent event) {
    String id = event.toolCallId();
    switch (event) {
      case ToolRequested(_, String name, _, _) -> open.put(id, new Open(id, name, seq, false));
      case ToolApprovalRequested _ ->
          open.merge(id, new Open(id, subject(id), seq, true), (call, _) -> call.waiting(true));
      case ToolApprovalResolved _ ->
          open.computeIfPresent(id, (_, call) -> asked(id) ? null : call.waiting(false));
      case ToolSucceeded _, ToolFailed _, ToolCanceled _, ToolTimedOut _ -> open.remove(id);
      case ToolStarted _, ToolProgress _, ToolLateResult _ -> {}
    }
  }

  /// Whether the agent asked for the approval itself, with no call behind it.
  private boolean asked(String id) {
    return intents.stream().anyMatch(i -> i.id().equals(id) && i.kind().equals("request_approval"));
  }

  private String subject(String id) {
    return intents.stream()
        .filter(intent -> intent.id().equals(id))
        .map(intent -> intent.body().get("subject") instanceof Json.Str(String text) ? text : id)
        .findFirst()
        .orElse(id);
  }
}
