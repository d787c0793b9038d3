package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.Models;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// A model that thinks aloud, hesitates, and answers the newest message word by word; always with
/// the same words.
record SimulatedModels(World world, Gate gate) implements Models {

  private static final ModelUse USE = new ModelUse("simulated", "simulated-1", "stop", 7L, 11L);
  private static final int HESITATES_MILLIS_MAX = 60;

  @Override
  public ModelStream open(ModelRequest request) {
    String newest =
        request.turns().reversed().stream()
            .filter(turn -> turn.role() == Role.USER)
            .map(ModelRequest.Turn::text)
            .findFirst()
            .orElseThrow();
    return gate.ask(
        () -> "ask about " + newest, fault -> answer(fault, new Answer(request.callId(), newest)));
  }

  private ModelStream answer(Fault fault, Answer made) {
    world.books().ask(made.callId);
    if (fault == Fault.PROVIDER_DOWN) {
      made.breakOff();
    } else {
      world.books().charge(made.callId);
    }
    return fault == Fault.PROVIDER_SILENT ? new Silence(gate) : made;
  }

  /// The answer was made, and none of it comes.
  private record Silence(Gate gate) implements ModelStream {
    @Override
    public Polled next(Duration wait) {
      return gate.hear(_ -> {
        gate.sleep(wait);
        return IDLE;
      });
    }

    @Override
    public void close() {}
  }

  private final class Answer implements ModelStream {
    private final Queue<Polled> pieces = new ArrayDeque<>();

    private final String callId;
    private boolean broken;

    Answer(String callId, String message) {
      this.callId = callId;
      for (String word : words("Let me think about " + message)) {
        pieces.add(new Reasoning(word));
      }
      for (String word : words(SimulatedAgent.answered(message))) {
        pieces.add(new Text(word));
      }
      pieces.add(new Done(USE));
    }

    private static List<String> words(String text) {
      return List.of(text.split("(?<= )"));
    }

    @Override
    public Polled next(Duration wait) {
      return gate.hear(fault -> {
        if (fault == Fault.PROVIDER_FAILS) {
          breakOff();
        }
        return broken ? fail() : poll(wait);
      });
    }

    void breakOff() {
      broken = true;
    }

    private Polled fail() {
      world.books().fail(callId);
      return new ModelStream.Failed("unavailable", "the provider broke off", true);
    }

    private Polled poll(Duration wait) {
      Duration hesitates = Duration.ofMillis(world.random().nextInt(HESITATES_MILLIS_MAX));
      boolean idle = hesitates.compareTo(wait) > 0 || pieces.isEmpty();
      gate.sleep(idle ? wait : hesitates);
      return idle ? IDLE : pieces.remove();
    }

    @Override
    public void close() {}
  }
}
