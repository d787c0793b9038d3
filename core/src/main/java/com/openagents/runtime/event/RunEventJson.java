package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunChildEnded;
import com.openagents.runtime.event.RunEvent.RunChildStarted;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;

/// The JSON of [RunEvent]s.
final class RunEventJson {

  private RunEventJson() {}

  static Json.Obj write(RunEvent event) {
    Json.Builder out = Json.object();
    return switch (event) {
      case RunCreated(var spec, var content) ->
          out.put("spec", RunSpecJson.write(spec)).put("content", content.toString()).build();
      case RunStarted(var node) -> out.put("node", node.value()).build();
      case RunWaiting(var what, var until) ->
          out.put("waitingFor", what.wireName()).put("until", Fields.written(until)).build();
      case RunResumed(var node, var cause) ->
          out.put("node", node.value()).put("cause", RunSpecJson.lower(cause)).build();
      case RunCancelRequested(var reason, var by) ->
          out.put("reason", reason).put("requestedBy", by).build();
      case RunCompleted() -> out.build();
      case RunFailed(var why, var message) ->
          out.put("reasonClass", why.wireName()).put("message", message).build();
      case RunCanceled(var why, var reason) ->
          out.put("reasonClass", why.wireName()).put("reason", reason).build();
      case RunExecutorLost(var node, long epoch, int attempt, long after) ->
          out.put("node", node.value())
              .put("epoch", epoch)
              .put("attempt", attempt)
              .put("resumeAfterMs", after)
              .build();
      case RunLimitWarning(var limit, long used, long max) ->
          out.put("limit", limit).put("used", used).put("max", max).build();
      case RunForked(var from, long atSeq) ->
          out.put("from", from.toString()).put("atSeq", atSeq).build();
      case RunChildStarted(var child, var agent) ->
          out.put("child", child.toString()).put("agent", agent).build();
      case RunChildEnded(var child, var status, var why) ->
          out.put("child", child.toString())
              .put("status", status)
              .put("reasonClass", why == null ? null : why.wireName())
              .build();
    };
  }

  static RunEvent read(EventType type, Fields in) {
    return switch (type) {
      case RUN_CREATED ->
          new RunCreated(RunSpecJson.read(new Fields(in.object("spec"))), in.digest("content"));
      case RUN_STARTED -> new RunStarted(new NodeId(in.text("node")));
      case RUN_WAITING ->
          new RunWaiting(WaitingFor.named(in.text("waitingFor")), in.timeOrNull("until"));
      case RUN_RESUMED ->
          new RunResumed(
              new NodeId(in.text("node")),
              RunResumed.Cause.valueOf(RunSpecJson.upper(in.text("cause"))));
      case RUN_CANCEL_REQUESTED ->
          new RunCancelRequested(in.textOrNull("reason"), in.text("requestedBy"));
      case RUN_COMPLETED -> new RunCompleted();
      case RUN_FAILED ->
          new RunFailed(ReasonClass.named(in.text("reasonClass")), in.text("message"));
      case RUN_CANCELED ->
          new RunCanceled(ReasonClass.named(in.text("reasonClass")), in.textOrNull("reason"));
      case RUN_EXECUTOR_LOST ->
          new RunExecutorLost(
              new NodeId(in.text("node")),
              in.number("epoch"),
              in.integer("attempt"),
              in.number("resumeAfterMs"));
      case RUN_LIMIT_WARNING ->
          new RunLimitWarning(in.text("limit"), in.number("used"), in.number("max"));
      case RUN_FORKED -> new RunForked(RunId.parse(in.text("from")), in.number("atSeq"));
      case RUN_CHILD_STARTED ->
          new RunChildStarted(RunId.parse(in.text("child")), in.text("agent"));
      case RUN_CHILD_ENDED -> {
        String why = in.textOrNull("reasonClass");
        yield new RunChildEnded(
            RunId.parse(in.text("child")),
            in.text("status"),
            why == null ? null : ReasonClass.named(why));
      }
      default -> throw new IllegalArgumentException(type + " is no event of a run's life");
    };
  }
}
