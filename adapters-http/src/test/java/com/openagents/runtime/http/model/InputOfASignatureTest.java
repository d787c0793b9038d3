package com.openagents.runtime.http.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.engine.InMemoryEngine;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an agent gives a signature reaches the provider.
class InputOfASignatureTest {

  private static final Json.Obj DRY = Json.object().put("tone", "dry").put("words", 7).build();

  /// Answers every message in the tone that it was made with.
  private record Toned(Json.Obj tone) implements AgentProgram {

    @Override
    public String name() {
      return "toned";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      return List.of(new Intent.Predict("test/Toned.v1", tone), new Intent.AwaitFrames());
    }
  }

  private static List<Json> sentFor(Json.Obj tone) throws Exception {
    try (ReplayedProvider provider =
            new ReplayedProvider(ReplayedProvider.streamed(ReplayedProvider.modelled("openai")));
        OpenAiModels models = new OpenAiModels(Calls.endpoint(provider, Calls.PATIENT))) {
      InMemoryEngine engine =
          new InMemoryEngine(new AgentPrograms(List.of(new Toned(tone))), models);
      RunId run = engine.start("toned", "Hello");
      engine.settle();
      assertThat(engine.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
      Json.Obj body = (Json.Obj) JsonReader.read(provider.takeRequest().body());
      return ((Json.Arr) requireNonNull(body.get("messages"))).items();
    }
  }

  @Test
  void an_input_comes_with_the_instructions_and_an_empty_one_changes_nothing() throws Exception {
    List<Json> plain = sentFor(Json.Obj.EMPTY);
    List<Json> toned = sentFor(DRY);
    assertThat(toned).hasSameSizeAs(plain).hasSize(2);
    assertThat(toned.getLast()).isEqualTo(plain.getLast());
    assertThat(content(plain.getFirst())).doesNotContain("test/Toned.v1");
    assertThat(content(toned.getFirst()))
        .isEqualTo(
            content(plain.getFirst())
                + "\n\nThe input of test/Toned.v1 is {\"tone\":\"dry\",\"words\":7}");
  }

  private static String content(Json message) {
    Json.Obj fields = (Json.Obj) message;
    assertThat(fields.get("role")).isEqualTo(Json.of("system"));
    return ((Json.Str) requireNonNull(fields.get("content"))).value();
  }
}
