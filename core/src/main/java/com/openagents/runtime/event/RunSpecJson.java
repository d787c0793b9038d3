package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.ToolPolicy;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import java.util.List;
import java.util.Locale;

/// The JSON of a [RunSpec].
final class RunSpecJson {

  private RunSpecJson() {}

  static Json.Obj write(RunSpec spec) {
    ToolPolicy policy = spec.toolPolicy();
    return Json.object()
        .put("threadId", spec.threadId().value())
        .put("owner", spec.owner().key())
        .put(
            "agent",
            Json.object()
                .put("name", spec.agent().name())
                .put("version", spec.agent().version())
                .build())
        .put("lifecycle", lower(spec.lifecycle()))
        .put("whileBusy", lower(spec.whileBusy()))
        .put(
            "session",
            Json.object()
                .put("autopilotId", spec.session().autopilotId())
                .put("authenticated", spec.session().authenticated())
                .build())
        .put(
            "toolPolicy",
            Json.object()
                .put("allow", texts(policy.allow()))
                .put("deny", texts(policy.deny()))
                .put("guestMode", policy.guestMode())
                .build())
        .put("budget", spec.budget())
        .put("deadline", Fields.written(spec.deadline()))
        .put("idleTimeoutMs", spec.idleTimeoutMs())
        .put("metadata", spec.metadata())
        .build();
  }

  static RunSpec read(Fields fields) {
    Fields agent = new Fields(fields.object("agent"));
    Fields session = new Fields(fields.object("session"));
    Fields policy = new Fields(fields.object("toolPolicy"));
    return new RunSpec(
        new ThreadId(fields.text("threadId")),
        Principal.ofKey(fields.text("owner")),
        new AgentRef(agent.text("name"), agent.integer("version")),
        Lifecycle.valueOf(upper(fields.text("lifecycle"))),
        WhileBusy.valueOf(upper(fields.text("whileBusy"))),
        new Session(session.textOrNull("autopilotId"), session.flag("authenticated")),
        new ToolPolicy(policy.texts("allow"), policy.texts("deny"), policy.flag("guestMode")),
        fields.objectOrNull("budget"),
        fields.timeOrNull("deadline"),
        fields.numberOrNull("idleTimeoutMs"),
        fields.objectOrNull("metadata"));
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static String upper(String wireName) {
    return wireName.toUpperCase(Locale.ROOT);
  }

  private static Json.Arr texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::of).toList());
  }
}
