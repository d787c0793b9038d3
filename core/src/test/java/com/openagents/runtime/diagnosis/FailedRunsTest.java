package com.openagents.runtime.diagnosis;

import static com.openagents.runtime.engine.ScriptedModels.fails;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class FailedRunsTest {

  private final World world = new World();

  private Diagnosis diagnose(RunId run) {
    return new Diagnoses(world.store.log(), world.store.nodes()).of(run).orElseThrow();
  }

  @Test
  void a_run_whose_model_refused_the_key_says_so_and_where_the_key_is_set() {
    Logger logger = (Logger) LoggerFactory.getLogger("com.openagents.runtime.execution");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(fails("refused", "the provider answered 401: wrong key"));
    world.settle();
    logger.detachAppender(lines);

    Diagnosis diagnosis = diagnose(run);
    assertThat(diagnosis.explanation())
        .isEqualTo("The run ended as failed: the provider answered 401: wrong key");
    assertThat(diagnosis.evidence().get("message"))
        .isEqualTo(Json.of("the provider answered 401: wrong key"));
    assertThat(diagnosis.nextAction()).contains("OA_MODEL_API_KEY");
    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getLevel()).isEqualTo(Level.WARN);
          assertThat(line.getFormattedMessage())
              .contains(run.toString(), "401: wrong key", "refused");
        });
  }

  @Test
  void a_run_with_a_poisonous_frame_names_the_frame_and_its_error() {
    var frame = new FrameQuarantined(new FrameId("f-9"), "ArithmeticException", 4);
    Diagnosis diagnosis = diagnose(failed(ReasonClass.POISON_FRAME, frame));
    assertThat(diagnosis.nextAction()).contains("f-9", "ArithmeticException", "4 failures");
  }

  @ParameterizedTest
  @EnumSource(value = ReasonClass.class, mode = EnumSource.Mode.EXCLUDE, names = "CANCEL_REQUESTED")
  void every_failure_says_what_to_do(ReasonClass why) {
    Diagnosis diagnosis = diagnose(failed(why));
    assertThat(diagnosis.explanation()).isEqualTo("The run ended as failed: it broke");
    assertThat(diagnosis.nextAction()).isNotEqualTo("Nothing needs to be done.").endsWith(".");
  }

  private RunId failed(ReasonClass why, Event.Known... before) {
    RunId run = world.start(Asked.of("assistant"));
    List<Event.Known> events = new ArrayList<>();
    events.add(new RunStarted(new NodeId("node-1")));
    events.addAll(List.of(before));
    events.add(new RunFailed(why, "it broke"));
    world
        .store
        .log()
        .append(
            Append.of(run, Precondition.OPEN, events)
                .with(new Columns(new Run.Ended(Run.Outcome.FAILED, why), 0))
                .with(Wake.NEVER));
    return run;
  }
}
