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
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.intake.StartRun;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.law.Promises;
import com.openagents.runtime.testkit.law.Promises.Cancel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Somebody who speaks to a run through whatever node answers, and repeats every request, under the
/// same id, until one does.
final class SimulatedClient {

  private static final Sender OWNER = Sender.owner(Drafts.OWNER);
  private static final int PAUSE_MILLIS_MAX = 6_000;
  private static final int RETRY_MILLIS_MAX = 1_500;

  /// One frame in so many is sent again though it was acknowledged.
  private static final int REPEATS_ONE_IN = 3;

  private final World world;
  private final Conversation wanted;
  private final Place place;
  private final Set<FrameId> taken = new HashSet<>();
  private final Set<FrameId> refused = new HashSet<>();
  private final SimulatedOwner owner;
  private Cancel cancel = Cancel.NEVER_ASKED;
  private boolean done;

  SimulatedClient(World world, Conversation wanted) {
    this.world = world;
    this.wanted = wanted;
    this.place = new Place("client of " + GatedLog.shown(wanted.runId()));
    this.owner = new SimulatedOwner(world, wanted.runId(), place, this::send);
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

  Promises promises() {
    return new Promises(taken, refused, cancel);
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
    NewFrame first = message(wanted.messages().getFirst(), "user_message");
    StartRun start = new StartRun(wanted.runId(), spec(), Digest.ofText("as planned"), first, null);
    Taken started = untilAnswered("start", runs -> runs.start(start));
    expect(!(started instanceof Taken.Refused), "start", started);
    taken.add(first.frameId());
    for (String text : wanted.messages().subList(1, wanted.messages().size())) {
      pause(PAUSE_MILLIS_MAX);
      send(message(text, "user_message"));
    }
    if (wanted.lifecycle() == Lifecycle.SESSION) {
      pause(PAUSE_MILLIS_MAX);
      send(message("finish", "finish"));
    }
    done = true;
  }

  private void send(NewFrame frame) {
    String name = "frame " + frame.frameId();
    Taken answer = untilTaken(name, frame);
    (answer instanceof Taken.Refused ? refused : taken).add(frame.frameId());
    if (world.random().nextInt(REPEATS_ONE_IN) == 0) {
      Taken again = untilAnswered(name, runs -> runs.frame(wanted.runId(), frame, OWNER, null));
      boolean same = (again instanceof Taken.Refused) == (answer instanceof Taken.Refused);
      expect(same && !(again instanceof Taken.Accepted), name + " again", again);
    }
  }

  /// A run that is busy may take the same message later.
  private Taken untilTaken(String name, NewFrame frame) {
    while (true) {
      Taken answer = untilAnswered(name, runs -> runs.frame(wanted.runId(), frame, OWNER, null));
      if (!answer.equals(new Taken.Refused(Taken.Why.BUSY))) {
        return answer;
      }
      pause(RETRY_MILLIS_MAX);
    }
  }

  private void cancel() {
    pause(PAUSE_MILLIS_MAX);
    cancel = Cancel.ASKED;
    Taken answer =
        untilAnswered("cancel", runs -> runs.cancel(wanted.runId(), "enough", OWNER, null));
    cancel = answer instanceof Taken.Accepted ? Cancel.ACKNOWLEDGED : Cancel.ASKED;
  }

  private Taken untilAnswered(String what, Function<Runs, Taken> request) {
    while (true) {
      try {
        SimulatedNode node = world.anyNode().orElse(null);
        if (node != null) {
          Taken answer = request.apply(node.runs());
          world.note(
              () -> "%s: %s by %s → %s".formatted(place.name(), what, node.place().name(), answer));
          return answer;
        }
      } catch (StoreUnavailable | NodeCrashed noAnswer) {
        world.note(() -> "%s: %s → no answer".formatted(place.name(), what));
      }
      pause(RETRY_MILLIS_MAX);
    }
  }

  private void pause(int millisMax) {
    world.lockstep().sleep(Duration.ofMillis(world.random().nextInt(millisMax)));
    place.mustBeThere();
  }

  private void expect(boolean holds, String what, Taken answer) {
    if (!holds) {
      throw new Defect(
          "a start is taken, and a repeated request answered as before",
          "%s: %s was answered %s".formatted(place.name(), what, answer),
          null);
    }
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
