package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Utterance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// An agent whose turns have something of everything: a thought, words of its own, a model's
/// answer, a request for approval, a sleep, and an end. What it says depends on the message and the
/// approval alone.
final class SimulatedAgent implements AgentProgram {

  static final String NAME = "simulated";

  /// The end of a message about which the agent asks before it goes on.
  static final String IF_ALLOWED = ", if allowed";

  /// The place of the request in the decision that makes it.
  private static final int APPROVAL = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration NAP = Duration.ofSeconds(3);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Intent> decide(AgentState state) {
    FrameAccepted frame = state.frames().getLast();
    String message = Utterance.textOf(frame.payload());
    if (state.turn() == null) {
      return answer(message);
    }
    Instant sent = Objects.requireNonNull(frame.occurredAt());
    return naps(state) && state.turn().steps().size() == 1
        ? List.of(new Intent.SleepUntil(sent.plus(NAP)))
        : List.of(new Intent.Say(done(message, verdict(state.turn()))), new Intent.AwaitFrames());
  }

  private static List<Intent> answer(String message) {
    List<Intent> intents = new ArrayList<>();
    intents.add(new Intent.Think("about " + message));
    intents.add(new Intent.Say(heard(message)));
    intents.add(new Intent.Predict("simulated/Answer.v1", Json.Obj.EMPTY));
    if (message.endsWith(IF_ALLOWED)) {
      intents.add(new Intent.RequestApproval("go on", Json.Obj.EMPTY, PATIENCE));
    }
    return intents;
  }

  /// What was decided on the one approval that a turn asks for, or nothing when it asks for none.
  private static String verdict(OpenTurn turn) {
    OpenTurn.Step first = turn.steps().getFirst();
    return first.intents().size() > APPROVAL
        ? first.result(APPROVAL).map(OpenTurn.Result::text).orElse("")
        : "";
  }

  static String approvalOf(int turn) {
    return turn + ".1." + APPROVAL;
  }

  /// Only where nobody sends a finish, which would cut the turn short while it sleeps.
  private static boolean naps(AgentState state) {
    return state.spec().lifecycle() == Lifecycle.TURN;
  }

  /// What is said in an undisturbed turn about a message.
  ///
  /// @param verdict `approved`, `denied`, or empty where nothing is asked
  static List<String> said(String message, String verdict) {
    return List.of(heard(message), answered(message), done(message, verdict));
  }

  private static String heard(String message) {
    return "You said " + message + ".";
  }

  static String answered(String message) {
    return "A long answer to " + message + ", in many pieces, one after the other.";
  }

  private static String done(String message, String verdict) {
    return "That was all about " + message + "." + verdict;
  }
}
