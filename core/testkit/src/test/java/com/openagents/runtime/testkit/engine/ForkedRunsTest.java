package com.openagents.runtime.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs are forked at every sequence of their logs, and go on with another message.
@Tag("G1")
class ForkedRunsTest {

  private static final Duration DAY = Duration.ofDays(1);

  /// Thinks, asks for approval, sleeps and asks its model; waits for frames after that.
  private record Careful() implements AgentProgram {
    @Override
    public String name() {
      return "careful";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      if (state.turn() != null) {
        return List.of(new Intent.AwaitFrames());
      }
      return List.of(
          new Intent.Think("first"),
          new Intent.RequestApproval("deploy", Json.Obj.EMPTY, Duration.ofHours(1)),
          new Intent.SleepUntil(World.START.plus(Duration.ofHours(2))),
          new Intent.Predict(Assistant.ANSWER, Json.Obj.EMPTY));
    }
  }

  record Original(TestRuntime runtime, TestRun run) {}

  static Stream<Function<Long, Original>> originals() {
    return Stream.of(
        ForkedRunsTest::answered,
        ForkedRunsTest::session,
        ForkedRunsTest::careful,
        ForkedRunsTest::crashed,
        ForkedRunsTest::canceled);
  }

  private static Original answered(long seed) {
    TestRuntime runtime = TestRuntime.of(Setup.of(new Assistant()).seed(seed));
    TestRun run = runtime.start("assistant", "Hello");
    runtime.settle();
    return new Original(runtime, run);
  }

  private static Original session(long seed) {
    TestRuntime runtime = TestRuntime.of(Setup.of(new Assistant()).seed(seed));
    TestRun run = runtime.start(NewRun.of("assistant").session().saying("one"));
    runtime.settle();
    run.say("two");
    run.say("three");
    runtime.settle();
    run.say("nobody heard this");
    return new Original(runtime, run);
  }

  private static Original careful(long seed) {
    TestRuntime runtime = TestRuntime.of(Setup.of(new Careful()).seed(seed));
    TestRun run = runtime.start("careful", "deploy");
    runtime.settle();
    run.approve();
    runtime.advance(DAY);
    return new Original(runtime, run);
  }

  private static Original crashed(long seed) {
    TestRuntime runtime = TestRuntime.of(Setup.of(new Assistant()).seed(seed));
    runtime.models().answersNext(Reply.saying("half an ").thenDoes(runtime::crashNow));
    TestRun run = runtime.start("assistant", "Hello");
    runtime.advance(DAY);
    return new Original(runtime, run);
  }

  private static Original canceled(long seed) {
    TestRuntime runtime = TestRuntime.of(Setup.of(new Careful()).seed(seed));
    TestRun run = runtime.start("careful", "deploy");
    runtime.settle();
    run.cancel("enough");
    runtime.settle();
    return new Original(runtime, run);
  }

  @ParameterizedTest
  @MethodSource("originals")
  void a_fork_at_any_sequence_does_nothing_by_itself(Function<Long, Original> begins) {
    Original original = begins.apply(1L);
    List<Envelope> before = original.run().events();
    List<TestRun> forks = new ArrayList<>();
    for (int at = 1; at <= before.size(); at++) {
      forks.add(original.run().fork(at));
    }
    List<List<Envelope>> logs = forks.stream().map(TestRun::events).toList();
    original.runtime().advance(DAY.multipliedBy(30));
    for (TestRun fork : forks) {
      assertThat(fork).waitsFor(WaitingFor.FRAMES);
      assertThat(original.runtime().models().askedFor(fork.id())).isEmpty();
    }
    assertThat(forks.stream().map(TestRun::events)).isEqualTo(logs);
  }

  @ParameterizedTest
  @MethodSource("originals")
  void a_fork_at_any_sequence_takes_a_message_and_completes(Function<Long, Original> begins) {
    Original original = begins.apply(2L);
    int head = original.run().events().size();
    for (int at = 1; at <= head; at++) {
      TestRun fork = original.run().fork(at);
      int copied = fork.events().size();
      fork.say("go on");
      original.runtime().settle();
      if (fork.state().run() instanceof Run.Waiting(WaitingFor what, _)
          && what == WaitingFor.APPROVAL) {
        fork.approve();
        original.runtime().advance(DAY);
      }
      if (!fork.state().run().ended()) {
        assertThat(fork).waitsFor(WaitingFor.FRAMES);
        fork.send("finish", Json.Obj.EMPTY);
        original.runtime().settle();
      }
      assertThat(fork).as("forked at %d", at).completed();
      assertThat(fork.events().get(copied).event().type()).isEqualTo("frame.accepted");
      assertThat(original.runtime().models().askedFor(fork.id()))
          .as("questions of the fork at %d", at)
          .hasSize(1)
          .extracting(ModelRequest::callId)
          .allMatch(id -> id.startsWith(fork.id().toString()));
    }
  }

  @Test
  void a_fork_knows_what_was_said_up_to_its_place_and_nothing_after() {
    Original original = session(3);
    TestRun fork = original.run().fork(seq(original.run(), "step.finished"));
    fork.say("and now?");
    original.runtime().settle();
    assertThat(fork).questions().hasSize(1);
    assertThat(original.runtime().models().askedFor(fork.id()).getFirst().toString())
        .contains("one", "ok", "and now?")
        .doesNotContain("two", "three", "nobody");
  }

  @Test
  void a_fork_from_the_end_of_a_run_has_all_but_the_end() {
    Original original = answered(4);
    long end = original.run().events().size();
    TestRun fork = original.run().fork(end);
    assertThat(fork.events()).hasSize((int) end);
    assertThat(fork.events().getLast().event())
        .isEqualTo(new RunForked(original.run().id(), end - 1));
    fork.say("one more thing");
    original.runtime().settle();
    assertThat(fork).completed().said("ok", "ok");
  }

  @Test
  void a_fork_has_a_thread_of_its_own_and_no_deadline() {
    TestRuntime runtime = TestRuntime.of(new Assistant());
    Instant soon = runtime.now().plus(Duration.ofHours(1));
    TestRun run = runtime.start(NewRun.of("assistant").session().saying("one").until(soon));
    runtime.settle();
    TestRun fork = run.fork(run.events().size());
    assertThat(fork.state().specified().threadId()).isEqualTo(new ThreadId(fork.id().toString()));
    runtime.advance(DAY);
    assertThat(run.state().run().ended()).isTrue();
    fork.say("a day later");
    runtime.settle();
    assertThat(fork).waitsFor(WaitingFor.FRAMES).said("ok", "ok");
  }

  @Test
  void a_note_that_no_turn_had_read_is_read_by_the_fork() {
    TestRuntime runtime = TestRuntime.of(new Assistant());
    TestRun run = runtime.start(NewRun.of("assistant").session().saying("one"));
    runtime.settle();
    run.send("note", Json.object().put("text", "mind the gap").build());
    TestRun fork = run.fork(run.events().size());
    runtime.advance(DAY);
    assertThat(fork).waitsFor(WaitingFor.FRAMES);
    fork.say("two");
    runtime.settle();
    assertThat(runtime.models().askedFor(fork.id()).toString()).contains("mind the gap");
  }

  @Test
  void a_fork_is_forked_like_any_run() {
    Original original = answered(5);
    TestRun first = original.run().fork(original.run().events().size());
    first.say("one");
    original.runtime().settle();
    TestRun second = first.fork(first.events().size());
    second.say("two");
    original.runtime().settle();
    assertThat(second).completed().said("ok", "ok", "ok");
  }

  @Test
  void a_sequence_that_is_not_there_is_refused() {
    Original original = answered(6);
    assertThatThrownBy(() -> original.run().fork(original.run().events().size() + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Ahead");
    assertThatThrownBy(() -> original.run().fork(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static long seq(TestRun run, String type) {
    return run.events().stream()
        .filter(envelope -> envelope.event().type().equals(type))
        .findFirst()
        .orElseThrow()
        .seq();
  }
}
