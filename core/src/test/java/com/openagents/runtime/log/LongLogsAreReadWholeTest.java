package com.openagents.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.identity.RunId;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Logs that are longer than what is read at once.
@Tag("G1")
class LongLogsAreReadWholeTest {

  private static final int MANY = 2_500;

  @Test
  void a_fold_and_a_row_have_all_of_a_log_of_several_pages() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    Event.Known note = new RunLimitWarning("events", 8, 10);
    world.store.log().append(Append.of(run, Precondition.OPEN, Collections.nCopies(MANY, note)));

    assertThat(world.head(run).lastSeq()).isEqualTo(MANY + 1);
    assertThat(RunStates.read(world.store.log(), run).lastSeq()).isEqualTo(MANY + 1);
    assertThat(DerivedRun.read(world.store.log(), run, null).orElseThrow().head().lastSeq())
        .isEqualTo(MANY + 1);
  }
}
