package com.openagents.runtime.testkit;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.ToolPolicy;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Complete and lawful writes for tests to make, or to spoil in one place.
public final class Drafts {

  public static final Principal OWNER = new Principal.User(1);
  public static final Principal STRANGER = new Principal.User(2);
  public static final NodeId NODE = new NodeId("node-a");
  public static final NodeId OTHER_NODE = new NodeId("node-b");
  public static final ThreadId THREAD = new ThreadId("thread-1");
  public static final Duration TTL = Duration.ofHours(1);

  /// The columns of a run that completed.
  public static final Columns ENDED = new Columns(new Run.Ended(Run.Outcome.COMPLETED, null), 0);

  private Drafts() {}

  /// The same identifier for the same number; later numbers sort later.
  public static RunId runId(int number) {
    return new RunId(new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L + number));
  }

  public static RunSpec spec(ThreadId threadId, Principal owner) {
    return new RunSpec(
        threadId,
        owner,
        new AgentRef("echo", 1),
        Lifecycle.TURN,
        WhileBusy.ENQUEUE,
        new Session(null, true),
        ToolPolicy.OPEN,
        null,
        null,
        null,
        null);
  }

  public static Append start(RunId runId) {
    return start(runId, spec(THREAD, OWNER));
  }

  /// A start whose content is told by its spec.
  public static Append start(RunId runId, RunSpec spec) {
    return start(runId, spec, Digest.ofText(spec.toString()));
  }

  public static Append start(RunId runId, RunSpec spec, Digest content) {
    return Append.of(runId, Precondition.FRESH, List.of(new RunCreated(spec, content)))
        .with(new Columns(new Run.Created(), 0))
        .with(Wake.NOW);
  }

  /// A fork of a run of the owner's, on a thread of its own.
  public static Append fork(RunId from, long atSeq, RunId runId) {
    return fork(from, atSeq, runId, spec(new ThreadId("thread-of-" + runId), OWNER));
  }

  public static Append fork(RunId from, long atSeq, RunId runId, RunSpec spec) {
    Digest content = Digest.ofText(from + " at " + atSeq);
    return Append.of(
            runId,
            Precondition.FRESH,
            List.of(new RunCreated(spec, content), new RunForked(from, atSeq)))
        .with(new Columns(new Run.Waiting(WaitingFor.FRAMES, null), 0))
        .with(Wake.NEVER);
  }

  public static Append frame(RunId runId, String frameId, String text) {
    FrameAccepted frame = frame(frameId, text);
    return Append.of(runId, Precondition.OPEN.ownedBy(OWNER), List.of(frame))
        .with(Wake.NOW)
        .with(key(frame));
  }

  public static FrameKey key(FrameAccepted frame) {
    return new FrameKey(frame.frameId(), frame.content());
  }

  public static FrameAccepted frame(String frameId, String text) {
    Json.Obj payload = Json.object().put("text", text).build();
    return new FrameAccepted(
        new FrameId(frameId), "user_message", payload, Digest.of(payload), null, null);
  }

  public static Append acquire(RunId runId, NodeId node) {
    return Append.of(runId, Precondition.OPEN, List.of()).with(new LeaseChange.Acquire(node, TTL));
  }

  /// Pieces of text, under whatever precondition.
  public static Append deltas(RunId runId, Precondition precondition, String... texts) {
    return deltas(runId, precondition, List.of(texts));
  }

  public static Append deltas(RunId runId, Precondition precondition, List<String> texts) {
    return Append.of(
        runId,
        precondition,
        texts.stream().<Event.Known>map(text -> new MessageDelta("1.1.1.1", text)).toList());
  }

  public static MessageCompleted said(String text) {
    return new MessageCompleted("1.1.1.1", text, Outcome.COMPLETE, null);
  }

  /// The end of a run by its executor.
  public static Append complete(RunId runId, long epoch) {
    return Append.of(runId, Precondition.executor(epoch), List.of(new RunCompleted()))
        .with(ENDED)
        .with(LeaseChange.RELEASE)
        .with(Wake.NEVER);
  }
}
