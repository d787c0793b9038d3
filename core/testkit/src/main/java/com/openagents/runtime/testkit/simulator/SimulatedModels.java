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
import java.util.random.RandomGenerator;

/// A model that thinks aloud, hesitates, and answers the newest message word by word; always with
/// the same words.
record SimulatedModels(Gate gate, RandomGenerator random) implements Models {

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
    return gate.model("ask about " + newest, () -> new Answer(newest), _ -> "asked");
  }

  private final class Answer implements ModelStream {
    private final Queue<Polled> pieces = new ArrayDeque<>();

    Answer(String message) {
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
      return gate.model("hear", () -> poll(wait), Object::toString);
    }

    private Polled poll(Duration wait) {
      Duration hesitates = Duration.ofMillis(random.nextInt(HESITATES_MILLIS_MAX));
      boolean idle = hesitates.compareTo(wait) > 0 || pieces.isEmpty();
      gate.sleep(idle ? wait : hesitates);
      return idle ? IDLE : pieces.remove();
    }

    @Override
    public void close() {}
  }
}
