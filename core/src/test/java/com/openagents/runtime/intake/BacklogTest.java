package com.openagents.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.FrameType.Effect;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How many frames may wait in a run, of each effect.
class BacklogTest {

  private static final int MAX = 100;

  private final World world = new World();
  private final CountedLog log = new CountedLog(world.store.log());
  private final Backlog backlog = new Backlog(log, world.store.checkpoints(), MAX);
  private final RunId run = world.start(Asked.of("assistant").session());

  /// A log that counts how often a run was folded.
  private static final class CountedLog implements EventLog {
    private final EventLog log;
    private int folds;

    CountedLog(EventLog log) {
      this.log = log;
    }

    @Override
    public List<Appended> append(List<Append> batch) {
      return log.append(batch);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return log.read(runId, after, limit);
    }

    @Override
    public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
      folds++;
      return log.readDurable(runId, after, limit);
    }

    @Override
    public Optional<RunHead> head(RunId runId) {
      return log.head(runId);
    }
  }

  private int taken(Backlog from, Effect effect) {
    return taken(from, effect, 3 * MAX);
  }

  /// Sends frames of an effect until there is no room for another, or there were enough.
  private int taken(Backlog from, Effect effect, int enough) {
    int taken = 0;
    while (taken < enough && from.hasRoom(run, effect)) {
      world.send(run, world.frame("note", Json.object().put("text", "n").build()));
      taken++;
    }
    return taken;
  }

  @ParameterizedTest
  @EnumSource(names = {"TURN", "CONTEXT"})
  void a_run_holds_as_many_frames_as_the_bound(Effect effect) {
    assertThat(taken(backlog, effect)).isEqualTo(MAX);
    assertThat(backlog.hasRoom(run, effect)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESULT", "CONTROL"})
  void results_and_ends_find_twice_the_room_so_that_a_full_run_can_go_on(Effect effect) {
    taken(backlog, Effect.TURN);

    assertThat(taken(backlog, effect)).isEqualTo(MAX);
    assertThat(backlog.hasRoom(run, effect)).isFalse();
  }

  @Test
  void another_node_may_let_in_a_quarter_more() {
    taken(backlog, Effect.TURN);

    assertThat(taken(another(), Effect.TURN)).isEqualTo(MAX / 4);
  }

  @Test
  void another_node_that_looked_early_lets_in_no_more_than_that() {
    Backlog another = another();
    int early = taken(another, Effect.TURN, MAX / 4 + 1);
    taken(backlog, Effect.TURN);

    assertThat(early).isEqualTo(MAX / 4 + 1);
    assertThat(taken(another, Effect.TURN)).isLessThan(MAX / 4);
  }

  private Backlog another() {
    return new Backlog(log, world.store.checkpoints(), MAX);
  }

  @Test
  void the_log_is_folded_far_more_seldom_than_frames_come() {
    taken(backlog, Effect.TURN);

    assertThat(log.folds).isLessThan(MAX / 4);
  }

  @Test
  void a_full_run_is_not_folded_again_before_its_log_grows() {
    taken(backlog, Effect.TURN);
    int folds = log.folds;

    assertThat(backlog.hasRoom(run, Effect.TURN)).isFalse();
    assertThat(log.folds).isEqualTo(folds);
  }

  @Test
  void a_run_whose_frames_were_read_has_room_again() {
    taken(backlog, Effect.TURN);
    world.say(run, "read them");
    world.settle();

    assertThat(backlog.hasRoom(run, Effect.TURN)).isTrue();
  }

  @Test
  void a_run_that_does_not_exist_is_left_for_the_log_to_refuse() {
    RunId nobody = new RunId(new UUID(1, 1));
    for (int sent = 0; sent < MAX; sent++) {
      assertThat(backlog.hasRoom(nobody, Effect.TURN)).isTrue();
    }
  }
}
