package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Prompt;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.run.Utterance.Speaker;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a run keeps of what was said before it.
class EarlierTest {

  private static final String LONG = "x".repeat(100_000);

  private final World world = new World();

  private RunId said(String text) {
    RunId run = world.start(Asked.of("assistant"), text);
    world.settle();
    return run;
  }

  private List<Utterance> earlier(RunId run) {
    return Earlier.of(world.store.threads(), new ThreadId("thread-1"), run);
  }

  @Test
  void what_was_said_by_other_runs_is_kept_in_its_order() {
    said("one");
    said("two");
    assertThat(earlier(said("three")))
        .filteredOn(said -> said.speaker() == Speaker.USER)
        .extracting(Utterance::text)
        .containsExactly("one", "two");
  }

  @Test
  void no_more_is_kept_than_a_prompt_has_room_for() {
    for (int i = 0; i < 10; i++) {
      said(i + LONG);
    }
    List<Utterance> earlier = earlier(said("now"));
    int chars = earlier.stream().mapToInt(said -> said.text().length()).sum();
    assertThat(chars).isBetween(Prompt.CHARS_MAX / 2, Prompt.CHARS_MAX);
    assertThat(earlier)
        .filteredOn(said -> said.speaker() == Speaker.USER)
        .extracting(said -> said.text().charAt(0))
        .containsExactly('7', '8', '9');
  }
}
