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

/// The payloads of [RunEvent].
final class RunEventJson {

  private RunEventJson() {}

  static void write(RunEvent event, Json.Builder out) {
    switch (event) {
      case RunCreated(var spec, var content) ->
          out.put("spec", RunSpecJson.of(spec)).put("content", content.toString());
      case RunStarted(var node) -> out.put("node", node.value());
      case RunWaiting(var waitingFor, var until) ->
          out.put("waitingFor", Vocabulary.WAITING_FOR.word(waitingFor)).put("until", until);
      case RunResumed(var node, var cause) ->
          out.put("node", node.value()).put("cause", Vocabulary.CAUSE.word(cause));
      case RunCancelRequested(var reason, var requestedBy) ->
          out.put("reason", reason).put("requestedBy", requestedBy);
      case RunCompleted() -> {}
      case RunFailed(var reasonClass, var message) ->
          out.put("reasonClass", Vocabulary.REASON_CLASS.word(reasonClass)).put("message", message);
      case RunCanceled(var reasonClass, var reason) ->
          out.put("reasonClass", Vocabulary.REASON_CLASS.word(reasonClass)).put("reason", reason);
      case RunExecutorLost(var node, var epoch, var attempt, var resumeAfterMs) ->
          out.put("node", node.value())
              .put("epoch", epoch)
              .put("attempt", attempt)
              .put("resumeAfterMs", resumeAfterMs);
      case RunLimitWarning(var limit, var used, var max) ->
          out.put("limit", limit).put("used", used).put("max", max);
      case RunForked(var from, var atSeq) -> out.put("from", from.toString()).put("atSeq", atSeq);
      case RunChildStarted(var child, var agent) ->
          out.put("child", child.toString()).put("agent", agent);
      case RunChildEnded(var child, var status, var reasonClass) ->
          out.put("child", child.toString())
              .put("status", status)
              .put(
                  "reasonClass",
                  reasonClass == null ? null : Vocabulary.REASON_CLASS.word(reasonClass));
    }
  }

  static RunCreated created(Fields fields) {
    return new RunCreated(fields.nested("spec", RunSpecJson::read), fields.digest("content"));
  }

  static RunStarted started(Fields fields) {
    return new RunStarted(fields.parsed("node", NodeId::new));
  }

  static RunWaiting waiting(Fields fields) {
    return new RunWaiting(
        fields.parsed("waitingFor", Vocabulary.WAITING_FOR::constant), fields.timeIfAny("until"));
  }

  static RunResumed resumed(Fields fields) {
    return new RunResumed(
        fields.parsed("node", NodeId::new), fields.parsed("cause", Vocabulary.CAUSE::constant));
  }

  static RunCancelRequested cancelRequested(Fields fields) {
    return new RunCancelRequested(fields.textIfAny("reason"), fields.text("requestedBy"));
  }

  static RunCompleted completed(Fields fields) {
    return new RunCompleted();
  }

  static RunFailed failed(Fields fields) {
    return new RunFailed(
        fields.parsed("reasonClass", Vocabulary.REASON_CLASS::constant), fields.text("message"));
  }

  static RunCanceled canceled(Fields fields) {
    return new RunCanceled(
        fields.parsed("reasonClass", Vocabulary.REASON_CLASS::constant),
        fields.textIfAny("reason"));
  }

  static RunExecutorLost executorLost(Fields fields) {
    return new RunExecutorLost(
        fields.parsed("node", NodeId::new),
        fields.whole("epoch"),
        fields.count("attempt"),
        fields.whole("resumeAfterMs"));
  }

  static RunLimitWarning limitWarning(Fields fields) {
    return new RunLimitWarning(fields.text("limit"), fields.whole("used"), fields.whole("max"));
  }

  static RunForked forked(Fields fields) {
    return new RunForked(fields.parsed("from", RunId::parse), fields.whole("atSeq"));
  }

  static RunChildStarted childStarted(Fields fields) {
    return new RunChildStarted(fields.parsed("child", RunId::parse), fields.text("agent"));
  }

  static RunChildEnded childEnded(Fields fields) {
    return new RunChildEnded(
        fields.parsed("child", RunId::parse),
        fields.text("status"),
        fields.parsedIfAny("reasonClass", Vocabulary.REASON_CLASS::constant));
  }
}
