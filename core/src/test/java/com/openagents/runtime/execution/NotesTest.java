package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.run.Utterance.Speaker;
import org.junit.jupiter.api.Test;

class NotesTest {

  private static void note(World world, RunId run) {
    world.send(
        run, world.frame("note", Json.object().put("text", "the user is in a hurry").build()));
  }

  @Test
  void a_note_begins_no_turn_and_wakes_nobody() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    long epoch = world.head(run).lease().epoch();
    note(world, run);
    world.settle();
    assertThat(world.state(run).turn()).isEqualTo(1);
    assertThat(world.head(run).lease().epoch()).isEqualTo(epoch);
    assertThat(world.head(run).wakeAt()).isNull();
  }

  @Test
  void a_note_is_context_for_the_turn_after_it() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    note(world, run);
    world.say(run, "two");
    world.settle();
    assertThat(world.state(run).conversation())
        .containsSubsequence(
            new Utterance(Speaker.NOTE, "the user is in a hurry"),
            new Utterance(Speaker.USER, "two"));
    assertThat(world.model.asked().getLast().turns())
        .extracting(ModelRequest.Turn::text)
        .contains("Note: the user is in a hurry");
  }

  @Test
  void a_note_in_mid_turn_is_kept_for_the_next() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(says("a"), meanwhile(() -> note(world, run)), says("b"), ends());
    world.settle();
    assertThat(world.state(run).turn()).isEqualTo(1);
    assertThat(world.state(run).pending()).hasSize(1);
    world.say(run, "two");
    world.settle();
    assertThat(world.state(run).conversation())
        .contains(new Utterance(Speaker.NOTE, "the user is in a hurry"));
  }
}
