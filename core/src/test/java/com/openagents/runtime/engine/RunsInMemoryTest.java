package com.openagents.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.agent.Echo;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.model.EchoModels;
import com.openagents.runtime.model.ModelsBySignature;
import com.openagents.runtime.model.OfflineModels;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.run.Utterance.Speaker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RunsInMemoryTest {

  private static InMemoryEngine engine(AgentProgram... more) {
    List<AgentProgram> programs = new ArrayList<>(List.of(more));
    programs.add(new Echo());
    programs.add(new Assistant());
    return new InMemoryEngine(
        new AgentPrograms(programs),
        new ModelsBySignature(Map.of(EchoModels.SIGNATURE, new EchoModels()), new OfflineModels()));
  }

  private static List<String> types(InMemoryEngine engine, RunId run) {
    return engine.events(run).stream().map(e -> e.event().type()).toList();
  }

  @Test
  void a_turn_goes_from_its_frame_to_completion_in_gap_free_order() {
    InMemoryEngine engine = engine();
    RunId run = engine.start("echo", "hello there");
    engine.settle();
    assertThat(types(engine, run))
        .containsExactly(
            "run.created",
            "frame.accepted",
            "run.started",
            "step.started",
            "message.started",
            "message.delta",
            "message.completed",
            "step.finished",
            "run.completed");
    assertThat(engine.events(run).stream().map(Envelope::seq))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(engine.state(run).conversation())
        .containsExactly(
            new Utterance(Speaker.USER, "hello there"),
            new Utterance(Speaker.AGENT, "hello there"));
  }

  @Test
  void a_session_waits_for_frames_and_goes_on_with_each() {
    InMemoryEngine engine = engine();
    RunId run = engine.start("echo", Lifecycle.SESSION, "one");
    engine.settle();
    assertThat(engine.state(run).run()).isEqualTo(new Run.Waiting(WaitingFor.FRAMES, null));
    engine.send(run, "two");
    engine.settle();
    assertThat(engine.state(run).run()).isEqualTo(new Run.Waiting(WaitingFor.FRAMES, null));
    assertThat(engine.state(run).turn()).isEqualTo(2);
    assertThat(engine.state(run).conversation()).hasSize(4);
  }

  @Test
  void the_offline_provider_is_labelled_in_the_log() {
    InMemoryEngine engine = engine();
    RunId run = engine.start("assistant", "hello");
    engine.settle();
    assertThat(engine.events(run))
        .anySatisfy(
            e -> assertThat(EventCodec.payload(e.event())).contains("\"provider\":\"offline\""));
  }

  @Test
  @Tag("G5")
  void a_canceled_run_ends_once_and_takes_nothing_more() {
    InMemoryEngine engine = engine();
    RunId run = engine.start("echo", Lifecycle.SESSION, "one");
    engine.settle();
    assertThat(engine.cancel(run)).isInstanceOf(Taken.Accepted.class);
    assertThat(engine.cancel(run)).isInstanceOf(Taken.Repeated.class);
    assertThat(engine.state(run).run())
        .isEqualTo(new Run.Ended(Run.Outcome.CANCELED, ReasonClass.CANCEL_REQUESTED));
    assertThat(engine.send(run, "late")).isEqualTo(new Taken.Refused(Taken.Why.ENDED));
  }

  @Test
  void an_agent_that_always_throws_is_tried_again_and_then_its_frame_is_quarantined() {
    InMemoryEngine engine = engine(new Broken());
    RunId run = engine.start("broken", "boom");
    engine.advance(Duration.ofMinutes(5));
    assertThat(engine.state(run).run())
        .isEqualTo(new Run.Ended(Run.Outcome.FAILED, ReasonClass.POISON_FRAME));
    assertThat(types(engine, run)).filteredOn("run.executor_lost"::equals).hasSize(3);
    assertThat(types(engine, run)).contains("frame.quarantined");
  }

  @Test
  void an_agent_sleeps_for_thirty_days_of_virtual_time() {
    InMemoryEngine engine = engine(new Sleeper());
    RunId run = engine.start("sleeper", "good night");
    Instant begin = engine.now();
    engine.advance(Duration.ofDays(31));
    assertThat(engine.state(run).run()).isInstanceOf(Run.Ended.class);
    Instant end = engine.events(run).getLast().occurredAt();
    assertThat(Duration.between(begin, end)).isEqualTo(Duration.ofDays(30));
  }

  private static final class Broken implements AgentProgram {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      throw new IllegalStateException("broken by design");
    }
  }

  /// Sleeps a day at a time, thirty times.
  private static final class Sleeper implements AgentProgram {
    @Override
    public String name() {
      return "sleeper";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      int slept = state.turn() == null ? 0 : state.turn().steps().size();
      Instant start = Instant.parse("2026-01-01T00:00:00Z");
      return slept < 30
          ? List.of(new Intent.SleepUntil(start.plus(Duration.ofDays(slept + 1L))))
          : List.of(new Intent.Finish());
    }
  }

  @Test
  void an_approval_is_a_frame_like_others() {
    Intent ask = new Intent.RequestApproval("restart", Json.Obj.EMPTY, Duration.ofHours(1));
    InMemoryEngine engine = engine(Agents.once("careful", ask));
    RunId run = engine.start("careful", "restart it");
    engine.settle();
    assertThat(engine.state(run).run())
        .isEqualTo(new Run.Waiting(WaitingFor.APPROVAL, engine.now().plus(Duration.ofHours(1))));
    Json.Obj yes = Json.object().put("approvalId", "1.1.0").put("approved", true).build();
    assertThat(engine.send(run, "tool_approval", yes)).isInstanceOf(Taken.Accepted.class);
    engine.settle();
    assertThat(types(engine, run)).contains("tool.approval_resolved").endsWith("run.completed");
  }

  /// Answers in its third version, which continues no run of another.
  private static final class Third implements AgentProgram {
    @Override
    public String name() {
      return "third";
    }

    @Override
    public int version() {
      return 3;
    }

    @Override
    public boolean continues(int olderVersion) {
      return olderVersion == 3;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      return List.of(new Intent.Finish());
    }
  }

  @Test
  void a_run_begins_under_the_version_of_its_program() {
    InMemoryEngine engine = engine(new Third());
    RunId run = engine.start("third", "hello");
    engine.settle();
    assertThat(engine.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
    assertThat(engine.state(run).specified().agent()).isEqualTo(new AgentRef("third", 3));
  }

  @Test
  void time_does_not_go_back() {
    InMemoryEngine engine = engine(new Sleeper());
    assertThatIllegalArgumentException().isThrownBy(() -> engine.advance(Duration.ofDays(-1)));
    assertThat(engine.now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void a_log_is_read_to_its_end_however_long_it_is() {
    Intent[] thoughts = new Intent[500];
    Arrays.fill(thoughts, new Intent.Think("hm"));
    InMemoryEngine engine = engine(Agents.once("thinker", thoughts));
    RunId run = engine.start("thinker", "think");
    engine.settle();
    List<Envelope> events = engine.events(run);
    assertThat(events).hasSizeGreaterThan(1_000);
    assertThat(events).hasSize((int) engine.state(run).lastSeq());
    assertThat(events.getLast().event().type()).isEqualTo("run.completed");
  }
}
