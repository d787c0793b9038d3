package com.openagents.runtime.agent;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.fails;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelRequest.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadHistoryTest {

  private static List<Turn> lastAsked(World world) {
    List<Turn> turns = world.model.asked().getLast().turns();
    assertThat(turns.getFirst().role()).isEqualTo(Role.SYSTEM);
    return turns.subList(1, turns.size());
  }

  @Test
  void what_earlier_runs_of_the_thread_said_reaches_the_model() {
    World world = new World();
    world.model.answers(says("I am fine"), ends());
    world.start(Asked.of("assistant"), "how are you?");
    world.settle();
    world.time.advance(Duration.ofSeconds(1));
    world.start(Asked.of("assistant"), "glad to hear");
    world.settle();
    assertThat(lastAsked(world))
        .containsExactly(
            new Turn(Role.USER, "how are you?"),
            new Turn(Role.ASSISTANT, "I am fine"),
            new Turn(Role.USER, "glad to hear"));
  }

  @Test
  void what_was_interrupted_in_an_earlier_run_does_not() {
    World world = new World();
    world.model.answers(says("half"), fails("unavailable", "cut off"));
    world.start(Asked.of("assistant"), "how are you?");
    world.settle();
    world.time.advance(Duration.ofSeconds(1));
    world.start(Asked.of("assistant"), "hello?");
    world.settle();
    assertThat(lastAsked(world))
        .containsExactly(new Turn(Role.USER, "how are you?"), new Turn(Role.USER, "hello?"));
  }

  @Test
  void another_thread_is_another_conversation() {
    World world = new World();
    world.start(Asked.of("assistant").on("thread-a"), "a secret");
    world.settle();
    world.start(Asked.of("assistant").on("thread-b"), "hello");
    world.settle();
    assertThat(lastAsked(world)).containsExactly(new Turn(Role.USER, "hello"));
  }
}
