package com.openagents.runtime.diagnosis;

import static com.openagents.runtime.engine.ScriptedModels.dies;
import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.diagnosis.Diagnosis.Cause;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.WaitingFor;
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
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosesTest {

  private static World world() {
    World world =
        new World(
            Agents.once("sleeper", new Intent.SleepUntil(Instant.parse("2026-01-02T00:00:00Z"))),
            Agents.once(
                "careful",
                new Intent.RequestApproval("deploy", Json.Obj.EMPTY, Duration.ofMinutes(15))));
    alive(world);
    return world;
  }

  private static void alive(World world) {
    world.store.nodes().heartbeat(new NodeId("node-1"), "test", 0);
  }

  private static Diagnosis diagnose(World world, RunId run) {
    return new Diagnoses(world.store.log(), world.store.nodes()).of(run).orElseThrow();
  }

  /// Diagnoses a run in the middle of its model's answer.
  private static Diagnosis inMidAnswer(World world, Runnable before) {
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Diagnosis> found = new ArrayList<>();
    world.model.answers(
        _ -> {
          before.run();
          found.add(diagnose(world, run));
          return says("ok").play(Duration.ZERO);
        },
        ends());
    world.settle();
    return found.getFirst();
  }

  private static String text(Diagnosis diagnosis, String field) {
    return diagnosis.evidence().get(field) instanceof Json.Str(String text) ? text : "";
  }

  private static double number(Diagnosis diagnosis, String field) {
    return diagnosis.evidence().get(field) instanceof Json.Num(double number) ? number : -1;
  }

  @Test
  void a_run_that_does_not_exist_has_no_diagnosis() {
    World world = world();
    assertThat(new Diagnoses(world.store.log(), world.store.nodes()).of(new RunId(new UUID(1, 1))))
        .isEmpty();
  }

  @Test
  void a_run_that_nobody_has_taken_waits_for_an_executor() {
    World world = world();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.time.advance(Duration.ofSeconds(2));
    Diagnosis diagnosis = diagnose(world, run);
    assertThat(diagnosis.cause()).isEqualTo(Cause.WAITING_FOR_EXECUTOR);
    assertThat(text(diagnosis, "status")).isEqualTo("created");
    assertThat(text(diagnosis, "agent")).isEqualTo("assistant");
    assertThat(number(diagnosis, "dueForMs")).isEqualTo(2_000);
    assertThat(diagnosis.nextAction()).contains("limit of runs").contains("agent");
  }

  @Test
  void a_run_without_any_node_says_so() {
    World world = world();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.time.advance(Duration.ofMinutes(2));
    Diagnosis diagnosis = diagnose(world, run);
    assertThat(diagnosis.cause()).isEqualTo(Cause.NO_NODE);
    assertThat(number(diagnosis, "epoch")).isZero();
    assertThat(diagnosis.nextAction()).contains("Start a node");
  }

  @Test
  void a_run_whose_model_answers_awaits_the_model() {
    Diagnosis diagnosis = inMidAnswer(world(), () -> {});
    assertThat(diagnosis.cause()).isEqualTo(Cause.AWAITING_MODEL);
    assertThat(text(diagnosis, "leaseOwner")).isEqualTo("node-1");
    assertThat(number(diagnosis, "turn")).isEqualTo(1);
    assertThat(number(diagnosis, "intents")).isEqualTo(2);
    assertThat(number(diagnosis, "results")).isZero();
    assertThat(diagnosis.nextAction()).contains("provider").contains("cancel");
  }

  @Test
  void a_run_that_an_executor_has_only_just_taken_is_executing() {
    World world = world();
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Diagnosis> found = new ArrayList<>();
    world.node().log().beforeNextWrite(() -> found.add(diagnose(world, run)));
    world.settle();
    assertThat(found.getFirst().cause()).isEqualTo(Cause.EXECUTING);
    assertThat(text(found.getFirst(), "leaseOwner")).isEqualTo("node-1");
    assertThat(text(found.getFirst(), "leaseExpiresAt")).isEqualTo("2026-01-01T00:00:30.000000Z");
    assertThat(found.getFirst().nextAction()).isEqualTo("Nothing needs to be done.");
  }

  @Test
  void a_run_whose_executor_fell_silent_is_taken_over_by_the_next_sweep() {
    World world = world();
    Diagnosis diagnosis =
        inMidAnswer(
            world,
            () -> {
              world.time.advance(World.TTL.plusSeconds(5));
              alive(world);
            });
    assertThat(diagnosis.cause()).isEqualTo(Cause.EXECUTOR_SILENT);
    assertThat(text(diagnosis, "leaseOwner")).isEqualTo("node-1");
    assertThat(number(diagnosis, "expiredForMs")).isEqualTo(5_000);
    assertThat(diagnosis.explanation()).contains("sweep");
  }

  @Test
  void a_run_that_lost_its_executor_twice_cools_down() {
    World world = world();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(dies());
    world.model.answers(dies());
    world.settle();
    world.addNode("node-2");
    world.advance(World.TTL.plusSeconds(1));
    world.addNode("node-3");
    world.advance(World.TTL.plusSeconds(1));
    alive(world);
    Diagnosis diagnosis = diagnose(world, run);
    assertThat(diagnosis.cause()).isEqualTo(Cause.COOLING_DOWN);
    assertThat(number(diagnosis, "recoveries")).isEqualTo(2);
    assertThat(text(diagnosis, "resumesAt")).isNotEmpty();
    assertThat(diagnosis.nextAction()).contains("by itself");
  }

  @Test
  void a_session_that_waits_for_frames_says_what_to_send() {
    World world = world();
    RunId run = world.start(Asked.of("assistant").session().idleFor(Duration.ofHours(1)), "hello");
    world.settle();
    Diagnosis diagnosis = diagnose(world, run);
    assertThat(diagnosis.cause()).isEqualTo(Cause.WAITING_FOR_FRAMES);
    assertThat(text(diagnosis, "until")).isEqualTo("2026-01-01T01:00:00.000000Z");
    assertThat(diagnosis.nextAction()).contains("Send a frame");
  }

  @Test
  void a_run_that_waits_for_an_approval_names_its_expiry() {
    World world = world();
    RunId run = world.start(Asked.of("careful"), "go");
    world.settle();
    Diagnosis diagnosis = diagnose(world, run);
    assertThat(diagnosis.cause()).isEqualTo(Cause.WAITING_FOR_APPROVAL);
    assertThat(text(diagnosis, "until")).isEqualTo("2026-01-01T00:15:00.000000Z");
    assertThat(diagnosis.nextAction()).contains("tool_approval");
  }

  @Test
  void a_run_that_sleeps_names_its_time() {
    World world = world();
    RunId run = world.start(Asked.of("sleeper"), "good night");
    world.settle();
    Diagnosis diagnosis = diagnose(world, run);
    assertThat(diagnosis.cause()).isEqualTo(Cause.WAITING_FOR_TIMER);
    assertThat(text(diagnosis, "until")).isEqualTo("2026-01-02T00:00:00.000000Z");
    assertThat(diagnosis.nextAction()).contains("by itself");
  }

  @ParameterizedTest
  @CsvSource({
    "TOOL, WAITING_FOR_TOOL, tool's task",
    "CHILDREN, WAITING_FOR_CHILDREN, child runs",
    "ADMISSION, WAITING_FOR_ADMISSION, other runs"
  })
  void a_run_that_waits_for_something_else_says_where_to_look(
      WaitingFor what, Cause cause, String next) {
    World world = world();
    RunId run = world.start(Asked.of("assistant"));
    List<Event.Known> events =
        List.of(new RunStarted(new NodeId("node-1")), new RunWaiting(what, null));
    world
        .store
        .log()
        .append(
            Append.of(run, Precondition.OPEN, events)
                .with(new Columns(new Run.Waiting(what, null), 0))
                .with(Wake.NEVER));
    Diagnosis diagnosis = diagnose(world, run);
    assertThat(diagnosis.cause()).isEqualTo(cause);
    assertThat(text(diagnosis, "status")).isEqualTo("waiting");
    assertThat(diagnosis.nextAction()).contains(next);
  }

  @Test
  void a_wait_that_is_over_waits_for_an_executor() {
    World world = world();
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    world.say(run, "again");
    assertThat(diagnose(world, run).cause()).isEqualTo(Cause.WAITING_FOR_EXECUTOR);
  }

  @Test
  void a_canceled_run_whose_executor_has_not_stopped_yet_is_stopping() {
    World world = world();
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Diagnosis> found = new ArrayList<>();
    world.model.answers(
        meanwhile(() -> {
          world.cancel(run);
          found.add(diagnose(world, run));
        }));
    world.settle();
    assertThat(found.getFirst().cause()).isEqualTo(Cause.STOPPING);
    assertThat(text(found.getFirst(), "status")).isEqualTo("canceling");
    assertThat(text(found.getFirst(), "leaseOwner")).isEqualTo("node-1");
    assertThat(found.getFirst().nextAction()).isEqualTo("Nothing needs to be done.");
  }

  @Test
  void a_run_that_has_ended_says_how() {
    World world = world();
    RunId completed = world.start(Asked.of("assistant"), "hello");
    world.settle();
    RunId canceled = world.start(Asked.of("assistant"), "hello");
    world.cancel(canceled);
    world.settle();
    assertThat(diagnose(world, completed).cause()).isEqualTo(Cause.ENDED);
    assertThat(text(diagnose(world, completed), "status")).isEqualTo("completed");
    assertThat(text(diagnose(world, canceled), "reasonClass")).isEqualTo("cancel_requested");
    assertThat(diagnose(world, canceled).nextAction()).isEqualTo("Nothing needs to be done.");
  }

  @Test
  void a_log_that_cannot_be_folded_is_named_with_its_problem() {
    World world = world();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.store.log().append(Append.of(run, Precondition.OPEN, List.of(new RunCompleted())));
    Diagnosis diagnosis = diagnose(world, run);
    assertThat(diagnosis.cause()).isEqualTo(Cause.CORRUPT_LOG);
    assertThat(text(diagnosis, "problem"))
        .isEqualTo("run.completed cannot follow the state created");
    assertThat(diagnosis.nextAction()).contains("Export");
  }
}
