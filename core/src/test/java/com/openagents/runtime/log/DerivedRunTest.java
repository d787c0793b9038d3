package com.openagents.runtime.log;

import static com.openagents.runtime.engine.ScriptedModels.dies;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.DerivedRun.Known;
import com.openagents.runtime.log.DerivedRun.TakenFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What stands beside a log follows from the log alone.
@Tag("G1")
class DerivedRunTest {

  private static final Instant LATE = Instant.parse("2026-01-02T00:00:00Z");

  private final World world =
      new World(
          Agents.once("sleeper", new Intent.SleepUntil(LATE)),
          Agents.once(
              "careful",
              new Intent.RequestApproval("deploy", Json.Obj.EMPTY, Duration.ofMinutes(15))));

  private DerivedRun derived(RunId run) {
    return DerivedRun.read(world.store.log(), run, null).orElseThrow();
  }

  /// The row as it is stored, but for the lease, of which no event tells.
  private void assertRowDerived(RunId run) {
    assertThat(derived(run).head())
        .usingRecursiveComparison()
        .ignoringFields("lease", "updatedAt", "readAt")
        .isEqualTo(world.head(run));
  }

  @Test
  void the_row_of_a_run_at_rest_is_what_its_log_gives() {
    RunId idle = world.start(Asked.of("assistant").session().idleFor(Duration.ofHours(1)), "a");
    RunId open = world.start(Asked.of("assistant").session().on("thread-2"), "b");
    RunId asleep = world.start(Asked.of("sleeper").on("thread-3"), "c");
    RunId hurried = world.start(Asked.of("sleeper").until(LATE.minusSeconds(60)), "d");
    RunId careful = world.start(Asked.of("careful").on("thread-4"), "e");
    RunId over = world.start(Asked.of("assistant"), "f");
    RunId canceled = world.start(Asked.of("assistant"));
    world.cancel(canceled);
    world.settle();
    for (RunId run : List.of(idle, open, asleep, hurried, careful, over, canceled)) {
      assertRowDerived(run);
    }
    assertThat(derived(idle).head().wakeAt()).isEqualTo("2026-01-01T01:00:00Z");
    assertThat(derived(open).head().wakeAt()).isNull();
    assertThat(derived(hurried).head().wakeAt()).isBefore(LATE.minusSeconds(60));
    assertThat(derived(over).head().wakeAt()).isNull();
    assertThat(derived(over).endedAt()).isEqualTo(world.envelopes(over).getLast().occurredAt());
    assertThat(derived(asleep).endedAt()).isNull();
  }

  @Test
  void a_run_that_does_not_rest_is_due() {
    RunId fresh = world.start(Asked.of("assistant"), "hello");
    assertRowDerived(fresh);
    RunId spoken = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    world.advance(Duration.ofMinutes(1));
    world.say(spoken, "two");
    assertRowDerived(spoken);
    assertThat(derived(spoken).head().wakeAt()).isEqualTo("2026-01-01T00:01:00Z");
  }

  @Test
  void a_run_that_lost_its_executor_rests_as_long_as_the_log_says() {
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(says("par"), dies());
    world.model.answers(dies());
    world.settle();
    world.addNode("node-2");
    world.advance(World.TTL.plusSeconds(1));
    world.addNode("node-3");
    world.advance(World.TTL.plusSeconds(1));
    assertThat(world.head(run).columns().recoveries()).isEqualTo(2);
    assertRowDerived(run);
    assertThat(derived(run).restsUntil()).isEqualTo(world.head(run).wakeAt());
  }

  @Test
  void the_epoch_is_far_above_every_one_in_the_log_and_nobody_holds_the_lease() {
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(says("par"), dies());
    world.settle();
    long used = world.envelopes(run).stream().mapToLong(DerivedRunTest::epoch).max().orElse(0);
    assertThat(used).isPositive();
    assertThat(derived(run).head().lease())
        .isEqualTo(new Lease.Free(used + DerivedRun.UNTOLD_EPOCHS));
    world.addNode("node-2");
    world.advance(World.TTL.plusSeconds(1));
    List<Envelope> untilLoss = new ArrayList<>(world.envelopes(run));
    while (!untilLoss.getLast().event().type().equals("run.executor_lost")) {
      untilLoss.removeLast();
    }
    List<Envelope> silent =
        untilLoss.stream()
            .map(e -> new Envelope(run, e.seq(), e.event(), e.occurredAt(), e.traceId(), null))
            .toList();
    assertThat(DerivedRun.of(silent).head().lease())
        .isEqualTo(new Lease.Free(used + DerivedRun.UNTOLD_EPOCHS));
  }

  private static long epoch(Envelope envelope) {
    return envelope.epoch() == null ? 0 : envelope.epoch();
  }

  @Test
  void every_frame_is_known_again() {
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    world.say(run, "two");
    List<TakenFrame> frames = derived(run).frames();
    assertThat(frames).extracting(TakenFrame::seq).containsExactly(2L, world.head(run).lastSeq());
    assertThat(world.envelopes(run))
        .filteredOn(e -> e.event() instanceof FrameAccepted)
        .extracting(Envelope::seq)
        .containsExactlyElementsOf(frames.stream().map(TakenFrame::seq).toList());
  }

  @Test
  void what_aged_out_is_missed_by_the_floor_alone() {
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    List<Envelope> whole = world.envelopes(run);
    List<Envelope> aged =
        whole.stream().filter(e -> e.event().retention() != Retention.DELTA).toList();
    long lastDelta =
        whole.stream()
            .filter(e -> e.event().retention() == Retention.DELTA)
            .mapToLong(Envelope::seq)
            .max()
            .orElseThrow();
    assertThat(DerivedRun.of(whole).head().floor()).isZero();
    assertThat(DerivedRun.of(aged).head().floor()).isEqualTo(lastDelta);
    assertThat(DerivedRun.of(aged))
        .usingRecursiveComparison()
        .ignoringFields("head.floor")
        .isEqualTo(DerivedRun.of(whole));
  }

  @Test
  void only_parts_of_what_has_ended_can_have_aged_out() {
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    List<Envelope> whole = world.envelopes(run);
    for (Envelope gone : whole.subList(0, whole.size() - 1)) {
      if (gone.event().retention() == Retention.DELTA) {
        assertThat(DerivedRun.of(without(gone, whole)).head().floor()).isEqualTo(gone.seq());
      } else {
        assertThatThrownBy(() -> DerivedRun.of(without(gone, whole)))
            .as(gone.event().type())
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("missing");
      }
    }
  }

  @Test
  void what_came_while_a_call_waited_for_approval_cannot_have_aged_out() {
    RunId run = world.start(Asked.of("careful"), "one");
    world.settle();
    world.say(run, "two");
    Envelope gone = world.envelopes(run).getLast();
    world.say(run, "three");
    assertThatThrownBy(() -> DerivedRun.of(without(gone, world.envelopes(run))))
        .hasMessageStartingWith("events %d to %d ".formatted(gone.seq(), gone.seq()));
  }

  @Test
  void all_that_the_row_tells_of_must_be_in_the_log() {
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    long last = world.head(run).lastSeq();

    assertThat(derived(run, new Known(last, 0))).contains(derived(run));
    assertThatThrownBy(() -> derived(run, new Known(last + 2, 0)))
        .hasMessageStartingWith("events %d to %d ".formatted(last + 1, last + 2));
  }

  @Test
  void nothing_can_have_aged_out_above_the_floor_of_the_row() {
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    long last = world.head(run).lastSeq();
    long delta = age(run);

    assertThat(derived(run, new Known(last, delta))).contains(derived(run));
    assertThat(derived(run).head().floor()).isEqualTo(delta);
    assertThatThrownBy(() -> derived(run, new Known(last, delta - 1)))
        .hasMessageStartingWith("events %d to %d ".formatted(delta, delta));
  }

  /// Lets the only piece of a text age out of a log, and tells where it was.
  private long age(RunId run) {
    long delta =
        world.envelopes(run).stream()
            .filter(e -> e.event().retention() == Retention.DELTA)
            .mapToLong(Envelope::seq)
            .findFirst()
            .orElseThrow();
    AgedRange gone = new AgedRange(delta, delta, Digest.ofText(""), "key", "signature", LATE);
    world.store.ageing().note(new Ageing.Look(run, 0, delta, List.of(gone), null));
    world.store.ageing().remove(1);
    return delta;
  }

  private Optional<DerivedRun> derived(RunId run, Known known) {
    return DerivedRun.read(world.store.log(), run, known);
  }

  private static List<Envelope> without(Envelope gone, List<Envelope> log) {
    return log.stream().filter(envelope -> envelope.seq() != gone.seq()).toList();
  }

  @Test
  void a_log_that_only_a_newer_runtime_understands_gives_nothing() {
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Envelope> log = new ArrayList<>(world.envelopes(run));
    var newer = new Event.Unrecognized("run.waiting", 99, Json.Obj.EMPTY);
    log.add(new Envelope(run, 3, newer, LATE, null, null));
    assertThatThrownBy(() -> DerivedRun.of(log))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("newer version");
    var unknown = new Event.Unrecognized("run.renamed", 1, Json.Obj.EMPTY);
    log.set(2, new Envelope(run, 3, unknown, LATE, null, null));
    assertThat(DerivedRun.of(log).head().lastSeq()).isEqualTo(3);
  }

  @Test
  void a_log_without_its_beginning_gives_nothing() {
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Envelope> log = world.envelopes(run);
    assertThatThrownBy(() -> DerivedRun.of(log.subList(1, 2)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(DerivedRun.read(world.store.log(), new RunId(new UUID(1, 1)), null)).isEmpty();
  }
}
