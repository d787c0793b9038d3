package com.openagents.runtime.http.model;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelRequest.Turn;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.model.ModelStream.Idle;
import com.openagents.runtime.model.ModelStream.Polled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Calls of a model in tests.
final class Calls {

  static final String KEY = "sk-canary-0123456789";
  static final ModelRequest REQUEST =
      new ModelRequest(
          "run-1.2.3",
          "test/Answer.v1",
          Json.Obj.EMPTY,
          List.of(new Turn(Role.SYSTEM, "Be brief."), new Turn(Role.USER, "Say \"hello\"")),
          new TraceId("0af7651916cd43dd8448eb211c80319c"));

  /// Waits long for a provider that answers and hardly at all between attempts.
  static final Patience PATIENT = patience(Duration.ofMinutes(1), 3);

  private Calls() {}

  static Patience patience(Duration idle, int attemptsMax) {
    return new Patience(
        Duration.ofSeconds(10),
        idle,
        idle,
        attemptsMax,
        Duration.ofMillis(1),
        Duration.ofMillis(20));
  }

  static ChatEndpoint endpoint(ReplayedProvider provider, Patience patience) {
    return new ChatEndpoint(provider.baseUrl(), KEY, "configured-model", patience);
  }

  /// Everything that a call tells, but for idle waits.
  static List<Polled> answer(ChatEndpoint endpoint) {
    try (OpenAiModels models = new OpenAiModels(endpoint);
        ModelStream stream = models.open(REQUEST)) {
      return rest(stream);
    }
  }

  /// The next thing that is told and is not idleness.
  static Polled firstOf(ModelStream stream) {
    while (true) {
      Polled polled = stream.next(Duration.ofMillis(100));
      if (!(polled instanceof Idle)) {
        return polled;
      }
    }
  }

  static List<Polled> rest(ModelStream stream) {
    List<Polled> all = new ArrayList<>();
    while (true) {
      Polled polled = stream.next(Duration.ofMillis(100));
      if (!(polled instanceof Idle)) {
        all.add(polled);
      }
      if (polled instanceof Done || polled instanceof Failed) {
        return all;
      }
    }
  }
}
