package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunVerdict.Accepted;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Random lives of runs by core's rules: after each write the stored columns are the fold of the
/// stored log.
@Tag("G1")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class StoredColumnsTest {

  private static final int LIVES = 60;

  private final PostgresEventLog log;

  StoredColumnsTest(TestServer server) {
    TestDatabase database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
  }

  @Test
  void columns_are_the_fold_of_the_log_after_every_write() {
    for (int seed = 0; seed < LIVES; seed++) {
      live(runId(seed), new Random(seed));
    }
  }

  private void live(RunId runId, RandomGenerator random) {
    var created =
        new RunCreated(Drafts.spec(Drafts.THREAD, Drafts.OWNER), Digest.ofText(runId.toString()));
    RunState state = written(runId, Precondition.FRESH, RunState.ABSENT, List.of(created));
    for (int step = 0; step < 25 && !state.run().ended(); step++) {
      List<Event.Known> events = new ArrayList<>();
      if (RunRules.decide(state.run(), command(random)) instanceof Accepted(var event)) {
        events.add(event);
      }
      if (random.nextInt(4) == 0 && !state.run().ended() && events.isEmpty()) {
        events.add(new StepStarted(step + 1, 1, state.lastSeq(), List.of()));
        events.add(new StepFinished(step + 1, 1, "done"));
      }
      state = written(runId, Precondition.OPEN.atSeq(state.lastSeq()), state, events);
    }
  }

  private RunState written(
      RunId runId, Precondition precondition, RunState before, List<? extends Event.Known> events) {
    RunState after = before;
    for (Event event : events) {
      after = RunFold.apply(after, after.lastSeq() + 1, event);
    }
    var columns = new Columns(after.run(), after.recoveries());
    var append = Append.of(runId, precondition, List.copyOf(events)).with(columns);
    assertThat(log.append(append)).isInstanceOf(Written.class);
    RunHead head = log.head(runId).orElseThrow();
    RunState folded = RunStates.read(log, runId);
    assertThat(head.columns())
        .as("columns of %s at %s", runId, head.lastSeq())
        .isEqualTo(new Columns(folded.run(), folded.recoveries()));
    assertThat(head.lastSeq()).isEqualTo(folded.lastSeq());
    return after;
  }

  private static RunCommand command(RandomGenerator random) {
    return switch (random.nextInt(12)) {
      case 0 -> new RunCommand.RequestCancel("asked", "owner");
      case 1 -> new RunCommand.Complete();
      case 2 -> new RunCommand.Fail(any(random, ReasonClass.values()), "broken");
      case 3 -> new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, null);
      case 4, 5 -> new RunCommand.LoseExecutor(Drafts.NODE, 1, 1 + random.nextInt(3), 1_000);
      case 6, 7, 8 -> new RunCommand.Begin(Drafts.NODE, any(random, Cause.values()));
      default -> new RunCommand.Wait(any(random, WaitingFor.values()), until(random));
    };
  }

  private static @Nullable Instant until(RandomGenerator random) {
    return random.nextBoolean()
        ? null
        : Instant.parse("2030-01-02T03:04:05Z")
            .plus(Duration.ofNanos(random.nextInt(1_000) * 1_000L));
  }

  private static <T> T any(RandomGenerator random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
