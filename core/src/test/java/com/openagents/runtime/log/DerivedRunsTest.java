package com.openagents.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.DerivedRun.Known;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What stands beside many logs is the same whether they are read one by one or ahead.
@Tag("G1")
class DerivedRunsTest {

  private static final Event.Known NOTE = new RunLimitWarning("events", 8, 10);

  private final World world = new World();

  private RunId run(int number, int events) {
    RunId run = world.start(Asked.of("assistant").session().on("thread-" + number), "hello");
    world.settle();
    append(run, Collections.nCopies(events, NOTE));
    return run;
  }

  private void append(RunId run, List<Event.Known> events) {
    if (!events.isEmpty()) {
      assertThat(world.store.log().append(Append.of(run, Precondition.OPEN, events)))
          .isInstanceOf(Appended.Written.class);
    }
  }

  private DerivedRuns reading(List<RunId> runs) {
    return new DerivedRuns(world.store.scan(), runs);
  }

  private DerivedRun alone(RunId run) {
    return DerivedRun.read(world.store.log(), run, null).orElseThrow();
  }

  @Test
  void many_logs_give_what_each_gives_alone() {
    List<RunId> runs = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      runs.add(run(number, number * 900));
      world.advance(Duration.ofSeconds(1));
    }
    DerivedRuns reading = reading(runs);
    for (RunId run : runs) {
      Derivation read = reading.next().orElseThrow();
      assertThat(read.runId()).isEqualTo(run);
      assertThat(read.result(null)).contains(alone(run));
    }
    assertThat(reading.next()).isEmpty();
  }

  @Test
  void what_is_written_after_a_log_was_read_is_taken_in_before_its_rows_are_told() {
    RunId run = run(1, 3);
    Derivation read = reading(List.of(run)).next().orElseThrow();
    append(run, List.of(NOTE, NOTE));
    read.readOn(world.store.log());
    assertThat(read.result(null)).contains(alone(run));
  }

  @Test
  void a_damaged_log_is_told_where_it_stands_and_spoils_no_other() {
    RunId good = run(1, 1);
    RunId bad = run(2, 1);
    append(bad, List.of(new RunStarted(new NodeId("a")), NOTE));
    RunId late = run(3, 3_000);
    DerivedRuns reading = reading(List.of(good, bad, late));
    assertThat(reading.next().orElseThrow().result(null)).contains(alone(good));
    Derivation damaged = reading.next().orElseThrow();
    damaged.readOn(world.store.log());
    assertThatThrownBy(() -> damaged.result(null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot follow");
    assertThat(reading.next().orElseThrow().result(null)).contains(alone(late));
  }

  @Test
  void all_that_a_row_tells_of_must_have_been_read() {
    RunId run = run(1, 1);
    long last = world.head(run).lastSeq();
    Derivation read = reading(List.of(run)).next().orElseThrow();
    assertThat(read.result(new Known(last, 0))).isPresent();
    assertThatThrownBy(() -> read.result(new Known(last + 1, 0)))
        .hasMessageStartingWith("events %d to %d ".formatted(last + 1, last + 1));
  }

  @Test
  void a_run_without_a_log_gives_nothing() {
    Derivation read = reading(List.of(new RunId(new UUID(1, 1)))).next().orElseThrow();
    assertThat(read.result(null)).isEmpty();
  }
}
