package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.Drift;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Passed;
import com.openagents.runtime.projector.ProjectionWatch;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// When a sink is delivered to again after it failed, and what a person is told of it meanwhile.
@Tag("G12")
class SinkDutyTest {

  private static final ProjectionId SUMMARIES = new ProjectionId("run_summary", 1);
  private static final String FAILING = "failing: functions fail";

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(time);
  private final InMemorySink honest = new InMemorySink("memory");
  private final List<String> failures = new ArrayList<>();
  private final List<@Nullable String> notes = new ArrayList<>();
  private int deliveries;

  /// What comes of a delivery before the sink sees it, or null to let it have it.
  private Supplier<@Nullable List<Outcome>> instead = () -> null;

  private long nanos;
  private long epoch;
  private SinkDuty duty = duty();

  @BeforeEach
  void begin() {
    var lease = store.writers().acquire(new NodeId("a"), Duration.ofDays(1));
    epoch = lease.orElseThrow().epoch();
    store.projections().begin(epoch, SUMMARIES, 1);
    store.knownSinks().register(epoch, "memory", 1_000);
    duty.round(epoch, () -> false);
    notes.clear();
  }

  private SinkDuty duty() {
    ProjectionSink sink =
        PortProxy.of(
            ProjectionSink.class,
            honest,
            "deliver",
            (arguments, call) -> {
              deliveries++;
              List<Outcome> outcomes = instead.get();
              return outcomes == null ? call.call(arguments) : outcomes;
            });
    KnownSinks known =
        PortProxy.of(
            KnownSinks.class,
            store.knownSinks(),
            "trouble",
            (arguments, call) -> {
              notes.add((String) arguments[2]);
              return call.call(arguments);
            });
    Watch watch = new Watch();
    var steps =
        new Deliveries(
            sink,
            new DeliveryPorts(store.projections(), known, store.sinkBook(), store.sinkStreams()),
            RunProjections.BUILT_IN,
            new GenerationNotes(),
            watch,
            SinkDuty.AT_ONCE);
    return new SinkDuty("memory", steps, known, watch, () -> nanos);
  }

  private final class Watch implements ProjectionWatch {
    @Override
    public void followed(Passed passed) {}

    @Override
    public void rebuilt(Rebuild rebuild) {}

    @Override
    public void rebuildFailed() {}

    @Override
    public void failed(String sink, String reasonClass) {
      failures.add(reasonClass);
    }

    @Override
    public void took(String sink, long nanos) {}

    @Override
    public void delivered(String sink, String projection, Outcome.Kind outcome) {}

    @Override
    public void drift(Drift drift) {}

    @Override
    public void lost(String sink) {}

    @Override
    public void further(String sink) {}

    @Override
    public void stays(String sink, String projection, String reason) {}

    @Override
    public void unshown(String sink, Set<String> projections) {}
  }

  private void keep(int from, int to) {
    List<Written> documents =
        IntStream.range(from, to)
            .mapToObj(i -> new Written(summary("r%04d".formatted(i)), 1))
            .toList();
    store.projections().commit(epoch, new Commit(Map.of(), documents, List.of(), List.of(), null));
  }

  private static Document summary(String run) {
    return Document.of(
        SUMMARIES,
        new Entity("run", run),
        1,
        new Principal.User(1),
        Json.object().put("id", run).build());
  }

  private SinkState state() {
    return store.knownSinks().sinks(RunProjections.BUILT_IN.names()).getFirst();
  }

  private void round() {
    duty.round(epoch, () -> false);
  }

  /// Nothing is delivered before this time is over, and something is when a quarter more is.
  private void rests(Duration rest) {
    int before = deliveries;
    nanos += rest.toNanos() - 1;
    round();
    assertThat(deliveries).as("deliveries within " + rest).isEqualTo(before);
    nanos += rest.toNanos() / 4 + 1;
    round();
    assertThat(deliveries).as("deliveries after " + rest).isGreaterThan(before);
  }

  private static @Nullable List<Outcome> away() {
    throw new SinkAway("unreachable", "nobody is there");
  }

  /// As a deployment whose functions fail: it refuses the first, leaves the rest for later, and
  /// says so when it is asked again.
  private Supplier<@Nullable List<Outcome>> failing(int due) {
    int[] calls = {0};
    return () -> {
      calls[0]++;
      if (calls[0] % 2 == 0) {
        throw new SinkRefusing("failing", "functions fail");
      }
      return Stream.concat(
              Stream.of(new Outcome(Outcome.Kind.REFUSED, "the deployment cannot take it")),
              Stream.generate(() -> Outcome.of(Outcome.Kind.LATER)).limit(due - 1 - calls[0] / 2))
          .toList();
    };
  }

  @Test
  void the_trouble_of_a_sink_that_leaves_documents_for_later_stays_and_is_told_once() {
    keep(0, 8);
    instead = failing(8);
    for (int cycle = 1; cycle <= 3; cycle++) {
      round();
      assertThat(state().parked()).isEqualTo(cycle);
      round();
      assertThat(state().trouble()).isEqualTo(FAILING);
      nanos += Duration.ofMillis(313).toNanos();
    }
    assertThat(notes).containsExactly(FAILING);
    assertThat(failures).containsExactly("failing", "failing", "failing");

    instead = () -> null;
    round();
    assertThat(state().trouble()).isNull();
    assertThat(notes).containsExactly(FAILING, null);
    assertThat(state().pending()).isZero();
    assertThat(honest.page("run_summary", "", 10)).hasSize(5);
    assertThat(store.sinkBook().retry("memory")).isEqualTo(3);
    round();
    assertThat(honest.page("run_summary", "", 10)).hasSize(8);
  }

  @Test
  void a_rest_doubles_with_each_failure_and_begins_anew_with_each_delivery() {
    keep(0, 3);
    instead = SinkDutyTest::away;
    round();
    rests(Duration.ofMillis(250));
    rests(Duration.ofMillis(500));
    instead = () -> null;
    rests(Duration.ofSeconds(1));
    assertThat(state().pending()).isZero();
    keep(3, 4);
    instead = SinkDutyTest::away;
    round();
    rests(Duration.ofMillis(250));
  }

  @Test
  void a_delivery_in_the_same_round_lets_the_rest_begin_anew_too() {
    keep(0, SinkDuty.AT_ONCE + 100);
    instead = SinkDutyTest::away;
    round();
    rests(Duration.ofMillis(250));
    rests(Duration.ofMillis(500));
    int failed = deliveries;
    instead = () -> deliveries == failed + 1 ? null : away();
    rests(Duration.ofSeconds(1));
    assertThat(state().pending()).isEqualTo(100);
    rests(Duration.ofMillis(250));
    assertThat(failures).hasSize(5).containsOnly("unreachable");
  }

  @Test
  void a_rest_ends_at_half_a_minute() {
    keep(0, 1);
    instead = SinkDutyTest::away;
    round();
    for (long rest = 250; rest < 30_000; rest *= 2) {
      rests(Duration.ofMillis(rest));
    }
    rests(Duration.ofSeconds(30));
    rests(Duration.ofSeconds(30));
  }
}
