package com.openagents.runtime.diagnosis;

import static com.openagents.runtime.engine.ScriptedModels.dies;
import static com.openagents.runtime.engine.ScriptedModels.fails;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class FailedRunsTest {

  private static final Instant TEN = Instant.parse("2026-01-01T00:10:00Z");

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
    assertTold(run, ReasonClass.MODEL_UNAVAILABLE, "the provider answered 401: wrong key");
    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getLevel()).isEqualTo(Level.WARN);
          assertThat(line.getFormattedMessage())
              .contains(run.toString(), "401: wrong key", "refused");
        });
  }

  private void assertTold(RunId run, ReasonClass why, String explanation) {
    Diagnosis diagnosis = diagnose(run);
    assertThat(diagnosis.cause()).isEqualTo(Diagnosis.Cause.ENDED);
    assertThat(diagnosis.explanation()).isEqualTo("The run ended as failed: " + explanation);
    assertThat(diagnosis.evidence().get("reasonClass")).isEqualTo(Json.of(why.wireName()));
    assertThat(diagnosis.nextAction()).contains(next(why)).endsWith(".");
  }

  /// The words that tell what to do after a failure.
  private static String next(ReasonClass why) {
    return switch (why) {
      case CANCEL_REQUESTED -> "Nothing needs to be done";
      case EXECUTION_FAILED -> "whoever sent the frame `fail`";
      case AGENT_ERROR -> "Correct the agent's program";
      case MODEL_UNAVAILABLE -> "OA_MODEL_BASE_URL, OA_MODEL_API_KEY and OA_MODEL_NAME";
      case LOOP_DETECTED -> "what the agent repeated";
      case BUDGET_EXHAUSTED -> "a larger budget";
      case POLICY_DENIED -> "the run's tool policy";
      case RECOVERY_EXHAUSTED -> "why executors were lost";
      case POISON_FRAME -> "class of the error";
      case DEADLINE_EXCEEDED -> "a later deadline";
      case IDLE_TIMEOUT -> "idleTimeoutMs";
      case LOG_LIMIT -> "OA_MAX_EVENTS or OA_MAX_BYTES";
    };
  }

  @ParameterizedTest
  @EnumSource(value = ReasonClass.class, mode = EnumSource.Mode.EXCLUDE, names = "CANCEL_REQUESTED")
  void every_failure_says_what_to_do_about_it(ReasonClass why) {
    assertTold(failed(why), why, "it broke");
  }

  @Test
  void a_run_that_passed_its_deadline_names_it() {
    RunId run = world.start(Asked.of("assistant").session().until(TEN), "hello");
    world.advance(Duration.ofHours(1));
    assertTold(
        run,
        ReasonClass.DEADLINE_EXCEEDED,
        "the run did not end before its deadline, 2026-01-01T00:10:00.000000Z");
    assertThat(diagnose(run).evidence().get("deadline"))
        .isEqualTo(Json.of("2026-01-01T00:10:00.000000Z"));
  }

  @Test
  void a_session_that_heard_nothing_names_how_long_it_waited() {
    RunId run = world.start(Asked.of("assistant").session().idleFor(Duration.ofHours(1)), "hello");
    world.advance(Duration.ofHours(2));
    assertTold(run, ReasonClass.IDLE_TIMEOUT, "no frame came in time");
    assertThat(diagnose(run).evidence().get("idleTimeoutMs")).isEqualTo(Json.of(3_600_000));
  }

  @Test
  void a_run_whose_log_is_full_names_its_size() {
    World small = new World(Limits.defaults().withBytesMax(4_000));
    RunId run = small.start(Asked.of("assistant").session(), "hello");
    for (int i = 0; i < 10; i++) {
      small.settle();
      small.say(run, "more");
    }
    Diagnosis diagnosis =
        new Diagnoses(small.store.log(), small.store.nodes()).of(run).orElseThrow();
    assertThat(diagnosis.explanation()).endsWith("bytes; the limit is 4000");
    assertThat(diagnosis.evidence().get("reasonClass")).isEqualTo(Json.of("log_limit"));
    assertThat(diagnosis.evidence().get("bytes"))
        .isEqualTo(Json.of((double) small.state(run).bytes()));
    assertThat(diagnosis.evidence().get("lastSeq"))
        .isEqualTo(Json.of((double) small.head(run).lastSeq()));
    assertThat(diagnosis.nextAction()).contains(next(ReasonClass.LOG_LIMIT));
  }

  @Test
  void a_run_that_lost_executor_after_executor_names_how_many() {
    RunId run = world.start(Asked.of("assistant"), "hello");
    for (int i = 1; i <= 4; i++) {
      world.model.answers(dies());
    }
    world.settle();
    for (int i = 2; i <= 5; i++) {
      world.addNode("node-" + i);
      world.advance(World.TTL.plusSeconds(31));
    }
    assertTold(
        run, ReasonClass.RECOVERY_EXHAUSTED, "the executor was lost 4 times without progress");
    assertThat(diagnose(run).evidence().get("recoveries")).isEqualTo(Json.of(3));
  }

  @Test
  void a_run_with_a_poisonous_frame_names_the_frame_and_its_error() {
    World fragile =
        new World(
            Agents.deciding(
                "fragile",
                _ -> {
                  throw new ArithmeticException("by zero");
                }));
    RunId run = fragile.start(Asked.of("fragile"), "boom");
    fragile.advance(Duration.ofMinutes(5));
    String frame = fragile.events(run, FrameAccepted.class).getFirst().frameId().value();
    Diagnosis diagnosis =
        new Diagnoses(fragile.store.log(), fragile.store.nodes()).of(run).orElseThrow();
    assertThat(diagnosis.explanation())
        .endsWith("the turn failed 4 times without progress: ArithmeticException");
    assertThat(diagnosis.evidence().get("reasonClass")).isEqualTo(Json.of("poison_frame"));
    assertThat(diagnosis.evidence().get("frameId")).isEqualTo(Json.of(frame));
    assertThat(diagnosis.evidence().get("errorClass")).isEqualTo(Json.of("ArithmeticException"));
    assertThat(diagnosis.evidence().get("attempts")).isEqualTo(Json.of(4));
    assertThat(diagnosis.nextAction()).contains(frame, "4 failures", "nodes' logs");
  }

  private RunId failed(ReasonClass why) {
    RunId run = world.start(Asked.of("assistant"));
    List<Event.Known> events = new ArrayList<>();
    events.add(new RunStarted(new NodeId("node-1")));
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
