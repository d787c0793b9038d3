package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.run.Utterance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// An agent whose turns have something of everything: a thought, words of its own, a model's
/// answer, a sleep, and an end. What it says depends on the message alone.
final class SimulatedAgent implements AgentProgram {

  static final String NAME = "simulated";

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
      return List.of(
          new Intent.Think("about " + message),
          new Intent.Say(heard(message)),
          new Intent.Predict("simulated/Answer.v1", Json.Obj.EMPTY));
    }
    Instant sent = Objects.requireNonNull(frame.occurredAt());
    return naps(state) && state.turn().steps().size() == 1
        ? List.of(new Intent.SleepUntil(sent.plus(NAP)))
        : List.of(new Intent.Say(done(message)), new Intent.AwaitFrames());
  }

  /// Only where nobody sends a finish, which would cut the turn short while it sleeps.
  private static boolean naps(AgentState state) {
    return state.spec().lifecycle() == Lifecycle.TURN;
  }

  /// What is said in an undisturbed turn about a message.
  static List<String> said(String message) {
    return List.of(heard(message), answered(message), done(message));
  }

  private static String heard(String message) {
    return "You said " + message + ".";
  }

  static String answered(String message) {
    return "A long answer to " + message + ", in many pieces, one after the other.";
  }

  private static String done(String message) {
    return "That was all about " + message + ".";
  }
}
