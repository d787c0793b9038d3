package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.model.ModelRequest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scenario-30")
class TracesTest {

  private static final TraceId ONE = new TraceId("1".repeat(32));
  private static final TraceId TWO = new TraceId("2".repeat(32));

  @Test
  void a_turn_carries_the_trace_of_the_frame_that_began_it_also_behind_another() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    world.model.answers(
        says("a"),
        meanwhile(() -> world.node().runs().frame(run, world.message("two"), World.OWNER, TWO)),
        says("b"),
        ends());
    world.node().runs().frame(run, world.message("one"), World.OWNER, ONE);
    world.settle();
    List<Envelope> begun =
        world.envelopes(run).stream().filter(e -> e.event() instanceof StepStarted).toList();
    assertThat(begun)
        .filteredOn(e -> ((StepStarted) e.event()).step() == 1)
        .extracting(Envelope::traceId)
        .containsExactly(ONE, TWO);
    assertThat(world.model.asked()).extracting(ModelRequest::traceId).containsExactly(ONE, TWO);
  }
}
