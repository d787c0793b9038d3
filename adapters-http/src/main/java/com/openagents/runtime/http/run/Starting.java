package com.openagents.runtime.http.run;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.StartRun;
import com.openagents.runtime.intake.Taken;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes the request to start a run out of the body that asks for it.
final class Starting {

  private final AgentPrograms programs;
  private final String defaultAgent;

  Starting(AgentPrograms programs, String defaultAgent) {
    this.programs = programs;
    this.defaultAgent = defaultAgent;
  }

  StartRun request(StartRunRequest body, Principal owner, TraceId traceId) {
    String agent = body.agent() == null ? defaultAgent : body.agent();
    int version =
        programs
            .named(agent)
            .map(AgentProgram::version)
            .orElseThrow(() -> Refusals.of(Taken.Why.UNKNOWN_AGENT, ""));
    RunSpec spec =
        new RunSpec(
            new ThreadId(body.threadId()),
            owner,
            new AgentRef(agent, version),
            body.lifecycle() == null ? Lifecycle.TURN : body.lifecycle(),
            body.whileBusy() == null ? WhileBusy.ENQUEUE : body.whileBusy(),
            new Session(body.autopilotId(), Boolean.TRUE.equals(body.authenticatedSession())),
            body.toolPolicy().policy(),
            body.budget(),
            body.deadline(),
            body.idleTimeoutMs(),
            body.metadata());
    NewFrame first = body.firstFrame() == null ? null : body.firstFrame().frame();
    RunId runId = RunId.parse(body.runId());
    return new StartRun(runId, spec, content(spec, first), first, traceId);
  }

  /// The digest of what must be equal for a repetition. The program's version is left out: it is
  /// the runtime's, and may change between two attempts.
  private static Digest content(RunSpec spec, @Nullable NewFrame first) {
    Json.Builder content =
        Json.object()
            .put("threadId", spec.threadId().value())
            .put("owner", spec.owner().key())
            .put("agent", spec.agent().name())
            .put("lifecycle", spec.lifecycle().name().toLowerCase(Locale.ROOT))
            .put("whileBusy", spec.whileBusy().name().toLowerCase(Locale.ROOT))
            .put("autopilotId", spec.session().autopilotId())
            .put("authenticated", spec.session().authenticated())
            .put("allow", texts(spec.toolPolicy().allow()))
            .put("deny", texts(spec.toolPolicy().deny()))
            .put("guestMode", spec.toolPolicy().guestMode())
            .put("budget", spec.budget())
            .put("deadline", spec.deadline())
            .put("idleTimeoutMs", spec.idleTimeoutMs())
            .put("metadata", spec.metadata());
    if (first != null) {
      content.put("frameId", first.frameId().value()).put("frame", first.content().hex());
    }
    return Digest.of(content.build());
  }

  private static Json.Arr texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::of).toList());
  }
}
