package com.openagents.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Checkpoints.Checkpoint;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunStateJson;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CheckpointsTest {

  private record Talked(List<Event> log, int asked, RunState fold) {}

  /// Talks until a checkpoint was saved, changes it, and talks once more.
  private static Talked talk(UnaryOperator<Checkpoint> change) {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    while (world.store.checkpoints().latest(run).isEmpty()) {
      world.say(run, "hello again");
      world.settle();
    }
    Checkpoint saved = world.store.checkpoints().latest(run).orElseThrow();
    world.store.checkpoints().save(run, change.apply(saved));
    world.say(run, "and again");
    world.settle();
    return new Talked(world.events(run), world.model.asked().size(), world.state(run));
  }

  private static Checkpoint with(Checkpoint saved, int format, Digest digest, String state) {
    return new Checkpoint(saved.throughSeq(), format, digest, state);
  }

  @Test
  void a_long_log_leaves_a_checkpoint_that_is_its_fold_so_far() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    while (world.head(run).lastSeq() < 230) {
      world.say(run, "hello again");
      world.settle();
    }
    RunState saved = SavedFolds.latest(world.store.checkpoints(), run);
    assertThat(saved.lastSeq()).isGreaterThanOrEqualTo(200);
    RunState folded = RunState.ABSENT;
    for (var envelope : world.envelopes(run)) {
      if (envelope.seq() <= saved.lastSeq()) {
        folded = RunFold.apply(folded, envelope);
      }
    }
    assertThat(saved).isEqualTo(folded);
  }

  @Test
  void a_fold_is_saved_when_it_can_be_read_again() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    String text = CanonicalJson.write(RunStateJson.write(world.state(run)));
    for (int length : List.of(text.length() - 1, text.length())) {
      for (int values = 1; values < 100; values++) {
        JsonLimits limits = new JsonLimits(80, length, length, values);
        Checkpoints checkpoints = new World().store.checkpoints();
        SavedFolds.save(checkpoints, run, world.state(run), limits);
        assertThat(checkpoints.latest(run).isPresent()).isEqualTo(isRead(text, limits));
      }
    }
  }

  private static boolean isRead(String text, JsonLimits limits) {
    try {
      return JsonReader.readObject(text, limits).fields().containsKey("run");
    } catch (JsonRefused e) {
      return false;
    }
  }

  @Test
  void a_damaged_checkpoint_is_ignored() {
    Talked damaged = talk(c -> with(c, c.format(), c.digest(), c.state().replace('1', '2')));
    assertThat(damaged).isEqualTo(talk(c -> c));
  }

  @Test
  void a_checkpoint_of_another_format_is_ignored() {
    Talked other = talk(c -> with(c, RunStateJson.FORMAT + 1, c.digest(), c.state()));
    assertThat(other).isEqualTo(talk(c -> c));
  }

  @Test
  void a_checkpoint_that_is_no_fold_is_ignored() {
    Talked odd = talk(c -> with(c, c.format(), Digest.ofText("{}"), "{}"));
    assertThat(odd).isEqualTo(talk(c -> c));
  }

  @Test
  void a_checkpoint_that_is_ahead_of_the_log_is_ignored() {
    Talked ahead =
        talk(c -> {
          String state = c.state().replaceFirst("\"lastSeq\":\\d+", "\"lastSeq\":999999");
          return new Checkpoint(999_999, c.format(), Digest.ofText(state), state);
        });
    assertThat(ahead).isEqualTo(talk(c -> c));
  }
}
