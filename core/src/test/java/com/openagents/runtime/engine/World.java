package com.openagents.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.execution.ExecutionPorts;
import com.openagents.runtime.execution.ExecutorSettings;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.Ids;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.SeededIds;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.intake.StartRun;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some nodes over one store, on virtual time and one thread, with a model that follows scripts.
///
/// Nothing happens by itself: a test lets nodes settle and time pass.
public final class World {

  public static final Duration TTL = Duration.ofSeconds(30);
  public static final Sender OWNER = Sender.owner(Asked.OWNER);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  public final VirtualTime time = new VirtualTime(START);
  public final InMemoryStore store = new InMemoryStore(time);
  public final ScriptedModels model = new ScriptedModels(time);

  private final Ids ids = new SeededIds(time, 1);
  private final Limits limits;
  private final List<AgentProgram> programs;
  private final List<TestNode> nodes = new ArrayList<>();

  /// With one node, which has the `assistant` and the programs given.
  public World(AgentProgram... programs) {
    this(Limits.defaults(), programs);
  }

  public World(Limits limits, AgentProgram... programs) {
    this.limits = limits;
    this.programs = new ArrayList<>(List.of(programs));
    this.programs.add(new Assistant());
    addNode("node-1");
  }

  public TestNode addNode(String name) {
    return addNode(name, programs);
  }

  /// Adds a node that has no other programs than these.
  public TestNode addNode(String name, List<AgentProgram> itsPrograms) {
    return addNode(name, itsPrograms, 100);
  }

  /// Adds a node that carries out only so many runs at once.
  public TestNode addNode(String name, int executingMax) {
    return addNode(name, programs, executingMax);
  }

  private TestNode addNode(String name, List<AgentProgram> itsPrograms, int executingMax) {
    AgentPrograms known = new AgentPrograms(itsPrograms);
    FaultyLog faulty = new FaultyLog(store.log());
    Bell bell = new Bell(faulty);
    TestTasks tasks = new TestTasks();
    ExecutionPorts execution =
        new ExecutionPorts(
            bell,
            store.threads(),
            store.checkpoints(),
            store.blobs(),
            model,
            known,
            time,
            new ExecutorSettings(new NodeId(name), TTL, limits));
    AgentRuntime runtime =
        new AgentRuntime(
            new EnginePorts(
                execution,
                store.log(),
                store.index(),
                store.changes(),
                tasks,
                Timebox.UNBOUNDED,
                time::advance,
                executingMax));
    bell.listen(runtime::rung);
    TestNode node =
        new TestNode(runtime, new Runs(bell, known, store.blobs(), runtime), faulty, tasks);
    nodes.add(node);
    return node;
  }

  /// The first node.
  public TestNode node() {
    return nodes.getFirst();
  }

  public RunId start(Asked asked, String message) {
    return started(asked, message(message));
  }

  /// Starts a run that waits for its first frame.
  public RunId start(Asked asked) {
    return started(asked, null);
  }

  private RunId started(Asked asked, @Nullable NewFrame first) {
    RunId runId = new RunId(ids.next());
    Digest content = Digest.ofText(runId.toString());
    Taken taken = node().runs().start(new StartRun(runId, asked.spec(), content, first, null));
    assertThat(taken).isInstanceOf(Taken.Accepted.class);
    return runId;
  }

  public Taken say(RunId runId, String text) {
    return send(runId, message(text));
  }

  public Taken send(RunId runId, NewFrame frame) {
    return node().runs().frame(runId, frame, OWNER, null);
  }

  public Taken cancel(RunId runId) {
    return node().runs().cancel(runId, null, OWNER, null);
  }

  public NewFrame message(String text) {
    return frame("user_message", Json.object().put("text", text).build());
  }

  public NewFrame frame(String type, Json.Obj payload) {
    return new NewFrame(new FrameId(ids.next().toString()), type, payload, null, null);
  }

  /// Lets every node carry out what is due now.
  public void settle() {
    nodes.forEach(TestNode::settle);
  }

  /// Lets time pass, and the nodes carry out what comes due at the time at which it does.
  public void advance(Duration by) {
    Instant until = time.instant().plus(by);
    settle();
    for (Instant next = store.nextWake(); !next.isAfter(until); next = store.nextWake()) {
      time.advance(Duration.between(time.instant(), next));
      settle();
    }
    if (time.instant().isBefore(until)) {
      time.advance(Duration.between(time.instant(), until));
    }
  }

  public List<Envelope> envelopes(RunId runId) {
    return store.log().read(runId, 0, 10_000).stream().map(EventCodec::decode).toList();
  }

  public List<Event> events(RunId runId) {
    return envelopes(runId).stream().map(Envelope::event).toList();
  }

  public <E extends Event> List<E> events(RunId runId, Class<E> kind) {
    return events(runId).stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public List<String> types(RunId runId) {
    return events(runId).stream().map(Event::type).toList();
  }

  /// The fold of a run's log.
  public RunState state(RunId runId) {
    return RunStates.read(store.log(), runId);
  }

  public RunHead head(RunId runId) {
    return store.log().head(runId).orElseThrow();
  }
}
