package com.openagents.runtime.codec;

import static com.openagents.runtime.codec.Scalars.needed;

import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.Vocabulary;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.proto.protocol.v1.AgentRef;
import com.openagents.runtime.proto.protocol.v1.Session;
import com.openagents.runtime.proto.protocol.v1.ToolPolicy;

/// The message of a [RunSpec].
final class RunSpecProto {

  private RunSpecProto() {}

  static com.openagents.runtime.proto.protocol.v1.RunSpec write(RunSpec spec) {
    var out =
        com.openagents.runtime.proto.protocol.v1.RunSpec.newBuilder()
            .setThreadId(spec.threadId().value())
            .setOwner(spec.owner().key())
            .setAgent(
                AgentRef.newBuilder()
                    .setName(spec.agent().name())
                    .setVersion(Scalars.count(spec.agent().version())))
            .setLifecycle(Vocabulary.LIFECYCLE.word(spec.lifecycle()))
            .setWhileBusy(Vocabulary.WHILE_BUSY.word(spec.whileBusy()))
            .setSession(write(spec.session()))
            .setToolPolicy(
                ToolPolicy.newBuilder()
                    .addAllAllow(spec.toolPolicy().allow())
                    .addAllDeny(spec.toolPolicy().deny())
                    .setGuestMode(spec.toolPolicy().guestMode()));
    Scalars.set(spec.budget(), budget -> out.setBudget(JsonProto.write(budget)));
    Scalars.set(spec.deadline(), deadline -> out.setDeadline(Scalars.timestamp(deadline)));
    Scalars.set(spec.idleTimeoutMs(), out::setIdleTimeoutMs);
    Scalars.set(spec.metadata(), metadata -> out.setMetadata(JsonProto.write(metadata)));
    return out.build();
  }

  private static Session write(RunSpec.Session session) {
    Session.Builder out = Session.newBuilder().setAuthenticated(session.authenticated());
    Scalars.set(session.autopilotId(), out::setAutopilotId);
    return out.build();
  }

  static RunSpec read(com.openagents.runtime.proto.protocol.v1.RunSpec in) {
    return new RunSpec(
        new ThreadId(in.getThreadId()),
        Principal.ofKey(in.getOwner()),
        agent(needed(in.hasAgent(), "agent", in.getAgent())),
        Vocabulary.LIFECYCLE.constant(in.getLifecycle()),
        Vocabulary.WHILE_BUSY.constant(in.getWhileBusy()),
        session(needed(in.hasSession(), "session", in.getSession())),
        toolPolicy(needed(in.hasToolPolicy(), "tool_policy", in.getToolPolicy())),
        in.hasBudget() ? JsonProto.read(in.getBudget()) : null,
        in.hasDeadline() ? Scalars.time(in.getDeadline()) : null,
        in.hasIdleTimeoutMs() ? in.getIdleTimeoutMs() : null,
        in.hasMetadata() ? JsonProto.read(in.getMetadata()) : null);
  }

  private static RunSpec.AgentRef agent(AgentRef in) {
    return new RunSpec.AgentRef(in.getName(), Scalars.count(in.getVersion()));
  }

  private static RunSpec.Session session(Session in) {
    return new RunSpec.Session(
        in.hasAutopilotId() ? in.getAutopilotId() : null, in.getAuthenticated());
  }

  private static RunSpec.ToolPolicy toolPolicy(ToolPolicy in) {
    return new RunSpec.ToolPolicy(in.getAllowList(), in.getDenyList(), in.getGuestMode());
  }
}
