package com.openagents.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.StoreUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G5")
class CancelRacesTest {

  /// A log into which somebody writes between the look and the write of whoever cancels.
  private static final class MovingLog implements EventLog {
    private final EventLog log;
    private final Consumer<RunId> other;
    private int races;

    MovingLog(EventLog log, int races, Consumer<RunId> other) {
      this.log = log;
      this.races = races;
      this.other = other;
    }

    @Override
    public List<Appended> append(List<Append> batch) {
      if (races-- > 0) {
        other.accept(batch.getFirst().runId());
      }
      return log.append(batch);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return log.read(runId, after, limit);
    }

    @Override
    public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
      return log.readDurable(runId, after, limit);
    }

    @Override
    public Optional<RunHead> head(RunId runId) {
      return log.head(runId);
    }
  }

  private static Taken cancel(World world, RunId run, int lostRaces) {
    return cancel(
        world,
        run,
        new MovingLog(
            world.store.log(),
            lostRaces,
            id ->
                world
                    .store
                    .log()
                    .append(
                        Append.of(
                            id, Precondition.OPEN, List.of(new MessageDelta("1.1.0.1", "a"))))));
  }

  private static Taken cancel(World world, RunId run, EventLog log) {
    AgentPrograms programs = new AgentPrograms(List.of(new Assistant()));
    return new Runs(log, programs, world.store.blobs(), Starter.ALONE)
        .cancel(run, null, World.OWNER, null);
  }

  @Test
  void a_cancel_that_loses_some_races_is_made_in_the_end() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    assertThat(cancel(world, run, 20)).isInstanceOf(Taken.Accepted.class);
  }

  @Test
  void a_cancel_behind_another_that_ended_the_run_is_a_repetition() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    EventLog log = new MovingLog(world.store.log(), 1, world::cancel);
    assertThat(cancel(world, run, log)).isEqualTo(new Taken.Repeated(4));
  }

  @Test
  void a_cancel_that_loses_every_race_is_given_back_to_its_sender() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> cancel(world, run, 1_000));
    assertThat(world.types(run)).doesNotContain("run.cancel_requested");
  }
}
