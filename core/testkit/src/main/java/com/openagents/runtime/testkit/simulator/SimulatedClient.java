package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.ToolPolicy;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.intake.StartRun;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.law.Promises;
import com.openagents.runtime.testkit.law.Promises.Cancel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody who speaks to a run through whatever node answers, and repeats every request, under the
/// same id, until one does.
final class SimulatedClient {

  private static final int PAUSE_MILLIS_MAX = 6_000;
  private static final int SEVERAL_ONE_IN = 2;
  private static final int NONSENSE_ONE_IN = 6;
  private static final int ECHO_ONE_IN = 3;

  private final World world;
  private final Conversation wanted;
  private final Place place;
  private final Asking asking;
  private final SimulatedFrames frames;
  private final SimulatedOwner owner;
  private final @Nullable Conversation original;
  private final @Nullable SimulatedFork fork;
  private Cancel cancel = Cancel.NEVER_ASKED;
  private boolean done;

  /// @param original what it is a fork of, or null
  SimulatedClient(World world, Conversation wanted, @Nullable Conversation original) {
    this.world = world;
    this.wanted = wanted;
    this.original = original;
    this.place = new Place("client of " + GatedLog.shown(wanted.runId()));
    this.asking = new Asking(world, place);
    this.frames = new SimulatedFrames(asking, wanted.runId());
    this.owner = new SimulatedOwner(world, wanted, place, frame -> frames.send(List.of(frame)));
    this.fork =
        original == null
            ? null
            : new SimulatedFork(world, asking, original.runId(), wanted.runId());
  }

  Place place() {
    return place;
  }

  Conversation wanted() {
    return wanted;
  }

  boolean done() {
    return done;
  }

  /// What was said about each approval, whether it was heard or not.
  Map<String, Boolean> verdicts() {
    return owner.verdicts();
  }

  SimulatedFrames frames() {
    return frames;
  }

  /// How the run was begun as a fork, or null.
  @Nullable SimulatedFork fork() {
    return fork;
  }

  Promises promises() {
    return new Promises(frames.taken(), frames.refused(), cancel);
  }

  void begin() {
    world.lockstep().spawn(place.name(), place, this::speak);
    if (wanted.messages().stream().anyMatch(text -> text.endsWith(SimulatedAgent.IF_ALLOWED))) {
      world.lockstep().spawn(place.name() + ", who decides", place, owner::decide);
    }
    if (wanted.cancels()) {
      world.lockstep().spawn(place.name() + ", who cancels", place, this::cancel);
    }
  }

  private void speak() {
    if (fork == null || original == null) {
      start();
      say(wanted.messages().subList(1, wanted.messages().size()));
    } else {
      fork.make();
      echo(original.messages().getFirst());
      say(wanted.messages());
    }
    done = true;
  }

  private void start() {
    NewFrame first = message(wanted.messages().getFirst(), "user_message");
    StartRun start = new StartRun(wanted.runId(), spec(), Digest.ofText("as planned"), first, null);
    Taken started = asking.untilAnswered("start", node -> node.runs().start(start));
    asking.expect(!(started instanceof Taken.Refused), "start", started);
    frames.began(first);
  }

  /// Says something again that a fork may have with its copy.
  private void echo(String text) {
    if (asking.chance(ECHO_ONE_IN)) {
      frames.send(List.of(message(text, "user_message")));
    }
  }

  private void say(List<String> texts) {
    List<NewFrame> left = new ArrayList<>();
    texts.forEach(text -> left.add(message(text, "user_message")));
    if (wanted.lifecycle() == Lifecycle.SESSION) {
      left.add(message("finish " + wanted.number(), "finish"));
    }
    while (!left.isEmpty()) {
      asking.pause(PAUSE_MILLIS_MAX);
      boolean several = asking.chance(SEVERAL_ONE_IN);
      List<NewFrame> next = left.subList(0, several ? 1 + world.random().nextInt(left.size()) : 1);
      frames.send(withNonsense(next));
      next.clear();
    }
  }

  /// Some calls hold a frame that no run understands, which keeps out those behind it.
  private List<NewFrame> withNonsense(List<NewFrame> sensible) {
    List<NewFrame> all = new ArrayList<>(sensible);
    if (sensible.size() > 1 && asking.chance(NONSENSE_ONE_IN)) {
      String before = "nonsense before " + sensible.getFirst().frameId();
      all.add(world.random().nextInt(all.size() + 1), message(before, "nonsense"));
    }
    return all;
  }

  private void cancel() {
    asking.pause(PAUSE_MILLIS_MAX);
    while (fork != null && fork.atSeq() == 0) {
      asking.retryLater();
    }
    cancel = Cancel.ASKED;
    Sender sender = Sender.owner(Drafts.OWNER);
    Taken answer =
        asking.untilAnswered(
            "cancel", node -> node.runs().cancel(wanted.runId(), "enough", sender, null));
    cancel = answer instanceof Taken.Accepted ? Cancel.ACKNOWLEDGED : Cancel.ASKED;
  }

  private NewFrame message(String text, String type) {
    return new NewFrame(
        new FrameId(text.replace(' ', '-').replace(',', '.')),
        type,
        Json.object().put("text", text).build(),
        null,
        world.lockstep().now());
  }

  private RunSpec spec() {
    return new RunSpec(
        wanted.threadId(),
        Drafts.OWNER,
        new AgentRef(SimulatedAgent.NAME, 1),
        wanted.lifecycle(),
        wanted.whileBusy(),
        new Session(null, true),
        ToolPolicy.OPEN,
        null,
        null,
        null,
        null);
  }
}
