package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.ForkRun;
import com.openagents.runtime.intake.Forked;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.intake.StartRun;
import com.openagents.runtime.intake.Starter;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.testkit.assertion.RunLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The whole runtime under a test: nodes that share a store in memory, a clock that the test moves,
/// a model that answers as told.
///
/// Nothing happens by itself: [#settle] carries out what is due, [#advance] lets time pass. All of
/// it is one thread, so while one run listens to its model the others stand still; and the same
/// seed gives the same logs. Not thread-safe.
public final class TestRuntime {

  private static final int PAGE = 1_000;

  private final World world;
  private Runs runs;

  private TestRuntime(Setup setup) {
    world = new World(setup);
    runs = takingIn(world);
  }

  private static Runs takingIn(World world) {
    return new Runs(world.store().log(), world.programs(), world.store().blobs(), Starter.ALONE);
  }

  /// One node with these programs and no others.
  public static TestRuntime of(AgentProgram... programs) {
    return of(Setup.of(programs));
  }

  /// One node with a program of its own, which is lost with it, see [Setup].
  public static TestRuntime of(Supplier<? extends AgentProgram> program) {
    return of(Setup.of(program));
  }

  public static TestRuntime of(Setup setup) {
    return new TestRuntime(setup);
  }

  /// The model that every node asks.
  public FakeModels models() {
    return world.models();
  }

  /// Starts a run of one turn for user 1 on a thread of its own, with a first message.
  ///
  /// @throws IllegalArgumentException when there is no such agent
  public TestRun start(String agent, String message) {
    return start(NewRun.of(agent).saying(message));
  }

  /// @throws IllegalArgumentException when the run is refused: there is no such agent, or its
  ///   thread is another's
  public TestRun start(NewRun asked) {
    RunId runId = new RunId(world.ids().next());
    int version = world.programs().named(asked.agent()).map(AgentProgram::version).orElse(1);
    RunSpec spec = asked.spec(version, "thread-" + runId);
    NewFrame first = asked.message() == null ? null : message(asked.message());
    Digest content = Digest.ofText(runId.toString());
    Taken taken = taken(() -> runs.start(new StartRun(runId, spec, content, first, null)));
    if (taken instanceof Taken.Refused(var why)) {
      throw new IllegalArgumentException("the run was refused: " + why);
    }
    return new TestRun(this, runId, asked);
  }

  Taken send(TestRun run, NewFrame frame) {
    return taken(() -> runs.frame(run.id(), frame, Sender.owner(run.asked().owner()), null));
  }

  TestRun fork(TestRun run, long atSeq) {
    RunId runId = new RunId(world.ids().next());
    Sender owner = Sender.owner(run.asked().owner());
    Forked forked = runs.fork(new ForkRun(run.id(), atSeq, runId, null), owner);
    if (!(forked instanceof Forked.Accepted)) {
      throw new IllegalArgumentException(
          "%s cannot be forked at %d: %s".formatted(run, atSeq, forked));
    }
    world.look();
    return new TestRun(this, runId, run.asked());
  }

  Taken cancel(TestRun run, @Nullable String reason) {
    Sender owner = Sender.owner(run.asked().owner());
    return taken(() -> runs.cancel(run.id(), reason, owner, null));
  }

  private Taken taken(Supplier<Taken> request) {
    Taken taken = request.get();
    world.look();
    return taken;
  }

  private NewFrame message(String text) {
    return frame("user_message", Json.object().put("text", text).build());
  }

  NewFrame frame(String type, Json.Obj payload) {
    return new NewFrame(new FrameId(world.ids().next().toString()), type, payload, null, null);
  }

  /// Carries out everything that is due now, and what becomes due by that at the same time.
  ///
  /// What the test's own code throws that runs in the model, see [Reply#thenDoes], is thrown here,
  /// by [#advance] too. The node that ran it is gone, and another stands in its place.
  ///
  /// @throws IllegalStateException when called from within a reply of the model
  public void settle() {
    world.settle();
  }

  /// Lets time pass, and carries out what comes due at the time at which it does. Costs what
  /// happens in the time, not how long it is.
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + by);
    }
    world.advanceTo(now().plus(by));
  }

  /// Lets time pass up to a moment; one that has passed is no more than [#settle].
  public void advanceTo(Instant moment) {
    world.advanceTo(moment);
  }

  public Instant now() {
    return world.time().instant();
  }

  /// Plans that a node goes down, once. A fresh one starts in its place at once, and takes its runs
  /// over when their leases have run out. It knows nothing, but programs that are given as objects
  /// are the same for every node, see [Setup].
  public void plan(Crash crash) {
    world.crashes().plan(crash);
  }

  /// Deploys other programs: a fresh node with them stands in the place of each. A run goes on
  /// under the program of its agent's name that [AgentProgram#continues] it, and where there is
  /// none it stays as it is.
  ///
  /// @throws IllegalStateException when called from within a reply of the model
  public void deploy(AgentProgram... programs) {
    world.deploy(Setup.of(programs));
    runs = takingIn(world);
  }

  /// How many planned crashes have not happened.
  public int crashesPending() {
    return world.crashes().pending();
  }

  /// Takes the node down that is carrying out the run whose model is speaking; for
  /// [Reply#thenDoes].
  ///
  /// @throws IllegalStateException when no node is in the middle of anything
  public void crashNow() {
    if (!world.busy()) {
      throw new IllegalStateException("no node is in the middle of anything");
    }
    throw new NodeDown();
  }

  /// How many calls to the store and the model the nodes have made so far, to try a crash at each
  /// of them: what the same seed does once, it does again.
  public long calls() {
    return world.crashes().calls();
  }

  /// How many nodes went down so far.
  public int nodesLost() {
    return world.nodesLost();
  }

  RunLog log(RunId runId) {
    List<Envelope> events = events(runId);
    Throwable thrown = world.agentErrors().of(RunLog.of(events));
    return RunLog.of(events, models().askedFor(runId), thrown);
  }

  List<Envelope> events(RunId runId) {
    List<Envelope> events = new ArrayList<>();
    while (true) {
      var page = world.store().log().read(runId, events.size(), PAGE);
      page.stream().map(EventCodec::decode).forEach(events::add);
      if (page.size() < PAGE) {
        return events;
      }
    }
  }
}
