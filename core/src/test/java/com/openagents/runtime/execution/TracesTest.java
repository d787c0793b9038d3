package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.fails;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.model.ModelRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

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

  @Test
  void what_a_node_logs_of_an_execution_has_its_run_and_its_trace() {
    Logger logger = (Logger) LoggerFactory.getLogger("com.openagents.runtime.execution");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    world.model.answers(fails("refused", "wrong key"));
    world.node().runs().frame(run, world.message("one"), World.OWNER, ONE);
    world.settle();
    logger.detachAppender(lines);

    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getKeyValuePairs, list(KeyValuePair.class))
        .extracting(pair -> pair.key, pair -> pair.value)
        .containsExactly(tuple("runId", run), tuple("traceId", ONE));
  }
}
