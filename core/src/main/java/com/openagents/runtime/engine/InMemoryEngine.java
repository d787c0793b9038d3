package com.openagents.runtime.engine;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.ToolPolicy;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.execution.ExecutionPorts;
import com.openagents.runtime.execution.ExecutorSettings;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.Ids;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.SeededIds;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.intake.StartRun;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.model.Models;
import com.openagents.runtime.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// A whole runtime in memory, on virtual time and one thread: for trying an agent out, and for
/// driving it through days in a test.
///
/// Nothing happens by itself: [#settle] carries out what is due, [#advance] lets time pass. The
/// testkit has more: nodes that crash, a model that answers as told, assertions. Not thread-safe.
public final class InMemoryEngine {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LEASE_TTL = Duration.ofSeconds(30);
  private static final Sender OWNER = Sender.owner(new Principal.User(1));
  private static final int PAGE = 1_000;

  private final VirtualTime time = new VirtualTime(START);
  private final InMemoryStore store = new InMemoryStore(time);
  private final Ids ids = new SeededIds(time, 1);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final AgentPrograms programs;
  private final Runs runs;
  private final AgentRuntime node;
  private boolean settled;
  private Instant nothingBefore = START;

  public InMemoryEngine(AgentPrograms programs, Models models) {
    this.programs = programs;
    Bell log = new Bell(store.log());
    ExecutionPorts execution =
        new ExecutionPorts(
            log,
            store.threads(),
            store.checkpoints(),
            store.blobs(),
            models,
            programs,
            time,
            new ExecutorSettings(new NodeId("in-memory"), LEASE_TTL, Limits.defaults()));
    node =
        new AgentRuntime(
            new EnginePorts(
                execution,
                store.log(),
                store.index(),
                store.changes(),
                tasks::add,
                Timebox.UNBOUNDED,
                time::advance,
                Integer.MAX_VALUE));
    log.listen(node::rung);
    log.listen((_, _, _) -> settled = false);
    runs = new Runs(log, programs, store.blobs(), node);
  }

  /// Starts a run of one turn for user 1 on a thread of its own, with a first message.
  public RunId start(String agent, String message) {
    return start(agent, Lifecycle.TURN, message);
  }

  /// Starts a run for user 1 on a thread of its own, with a first message.
  ///
  /// @throws IllegalArgumentException when there is no such agent
  public RunId start(String agent, Lifecycle lifecycle, String message) {
    RunId runId = new RunId(ids.next());
    RunSpec spec =
        new RunSpec(
            new ThreadId("thread-" + runId),
            new Principal.User(1),
            new AgentRef(agent, programs.named(agent).map(AgentProgram::version).orElse(1)),
            lifecycle,
            WhileBusy.ENQUEUE,
            new Session(null, true),
            ToolPolicy.OPEN,
            null,
            null,
            null,
            null);
    Digest content = Digest.ofText(runId.toString());
    Taken taken = runs.start(new StartRun(runId, spec, content, message(message), null));
    if (taken instanceof Taken.Refused(var why)) {
      throw new IllegalArgumentException("the run was refused: " + why);
    }
    return runId;
  }

  /// Sends a message to a run.
  public Taken send(RunId runId, String message) {
    return runs.frame(runId, message(message), OWNER, null);
  }

  /// Sends a frame of any type to a run: an approval, a signal, one that its agent declares.
  public Taken send(RunId runId, String frameType, Json.Obj payload) {
    return runs.frame(runId, frame(frameType, payload), OWNER, null);
  }

  public Taken cancel(RunId runId) {
    return runs.cancel(runId, null, OWNER, null);
  }

  private NewFrame message(String text) {
    return frame("user_message", Json.object().put("text", text).build());
  }

  private NewFrame frame(String type, Json.Obj payload) {
    return new NewFrame(new FrameId(ids.next().toString()), type, payload, null, null);
  }

  /// Carries out everything that is due now.
  public void settle() {
    node.tend();
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    settled = true;
    nothingBefore = store.nextWake();
  }

  /// Lets time pass, and carries out what comes due at the time at which it does.
  ///
  /// Time jumps from one due moment to the next, so it costs what happens in it, not how long it is
  /// or in how many pieces it passes.
  ///
  /// @throws IllegalArgumentException when it would go back
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + by);
    }
    Instant until = time.instant().plus(by);
    if (!settled) {
      settle();
    }
    while (!nothingBefore.isAfter(until)) {
      time.advance(Duration.between(time.instant(), nothingBefore));
      settle();
    }
    time.advance(Duration.between(time.instant(), until));
  }

  /// The whole log of a run.
  public List<Envelope> events(RunId runId) {
    List<Envelope> events = new ArrayList<>();
    List<StoredEvent> page = store.log().read(runId, 0, PAGE);
    while (!page.isEmpty()) {
      page.forEach(stored -> events.add(EventCodec.decode(stored)));
      page = store.log().read(runId, page.getLast().seq(), PAGE);
    }
    return events;
  }

  /// The fold of a run's log.
  public RunState state(RunId runId) {
    return RunStates.read(store.log(), runId);
  }

  public Instant now() {
    return time.instant();
  }
}
