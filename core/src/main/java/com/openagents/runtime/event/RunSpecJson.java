package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.ToolPolicy;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import java.util.List;

/// The object `spec` in the payload of `run.created`.
final class RunSpecJson {

  private RunSpecJson() {}

  static Json.Obj of(RunSpec spec) {
    return Json.object()
        .put("threadId", spec.threadId().value())
        .put("owner", spec.owner().key())
        .put("agent", of(spec.agent()))
        .put("lifecycle", Vocabulary.LIFECYCLE.word(spec.lifecycle()))
        .put("whileBusy", Vocabulary.WHILE_BUSY.word(spec.whileBusy()))
        .put("session", of(spec.session()))
        .put("toolPolicy", of(spec.toolPolicy()))
        .put("budget", spec.budget())
        .put("deadline", spec.deadline())
        .put("idleTimeoutMs", spec.idleTimeoutMs())
        .put("metadata", spec.metadata())
        .build();
  }

  private static Json.Obj of(AgentRef agent) {
    return Json.object().put("name", agent.name()).put("version", agent.version()).build();
  }

  private static Json.Obj of(Session session) {
    return Json.object()
        .put("autopilotId", session.autopilotId())
        .put("authenticated", session.authenticated())
        .build();
  }

  private static Json.Obj of(ToolPolicy policy) {
    return Json.object()
        .put("allow", strings(policy.allow()))
        .put("deny", strings(policy.deny()))
        .put("guestMode", policy.guestMode())
        .build();
  }

  private static Json.Arr strings(List<String> texts) {
    return Json.array(texts.stream().map(Json::of).toList());
  }

  static RunSpec read(Fields fields) {
    return new RunSpec(
        fields.parsed("threadId", ThreadId::new),
        fields.parsed("owner", Principal::ofKey),
        fields.nested("agent", agent -> new AgentRef(agent.text("name"), agent.count("version"))),
        fields.parsed("lifecycle", Vocabulary.LIFECYCLE::constant),
        fields.parsed("whileBusy", Vocabulary.WHILE_BUSY::constant),
        fields.nested(
            "session",
            session ->
                new Session(session.textIfAny("autopilotId"), session.flag("authenticated"))),
        fields.nested(
            "toolPolicy",
            policy ->
                new ToolPolicy(
                    policy.texts("allow"), policy.texts("deny"), policy.flag("guestMode"))),
        fields.objectIfAny("budget"),
        fields.timeIfAny("deadline"),
        fields.wholeIfAny("idleTimeoutMs"),
        fields.objectIfAny("metadata"));
  }
}
