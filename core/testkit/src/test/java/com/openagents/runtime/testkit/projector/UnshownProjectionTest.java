package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.projector.ProjectedRuns.COUNT;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Auditor;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A release tells a projection that a sink does not know yet, as before its functions are
/// deployed.
@Tag("G11")
class UnshownProjectionTest {

  private static final String TIMELINES = "timeline_slice";

  /// More than after which a sink is asked what it can show.
  private static final int STEPS = 250;

  private boolean unknown;
  private int sweeps;
  private final List<Object> told = new ArrayList<>();
  private final ProjectedRuns runs = new ProjectedRuns(this::seen);

  private ProjectionSink seen(ProjectionSink honest) {
    return PortProxy.of(
        ProjectionSink.class,
        honest,
        (method, arguments, call) -> {
          if (method.equals("sweep")) {
            sweeps++;
          }
          if (!unknown || !List.of(arguments).contains(TIMELINES)) {
            return call.call(arguments);
          }
          if (method.equals("shows")) {
            return false;
          }
          throw new SinkRefusing("failing", "no such stream");
        });
  }

  private Deliveries deliveries() {
    return runs.deliveries(
        100,
        PortProxy.of(
            DeliveryWatch.class,
            DeliveryWatch.NONE,
            (method, arguments, _) -> {
              if (method.equals("unshown")) {
                told.add(arguments[1].toString());
              }
              return null;
            }));
  }

  private SinkState state() {
    return runs.store.knownSinks().sinks(runs.projections.names()).getFirst();
  }

  /// Has every run go on, which all documents tell of.
  private Deliveries delivered() {
    unknown = true;
    for (int run = 1; run <= COUNT; run++) {
      runs.goOn(run);
    }
    runs.projector.follow(runs.epoch());
    runs.raise();
    Deliveries deliveries = deliveries();
    while (deliveries.step(runs.epoch()) > 0) {
      assertThat(told).hasSize(1);
    }
    return deliveries;
  }

  @Test
  void it_holds_up_no_other_and_does_not_count_as_due() {
    delivered();
    assertThat(Digests.of(runs.honest, RUNS)).isEqualTo(Digests.of(runs.store.projections(), RUNS));
    assertThat(told).containsExactly("[" + TIMELINES + "]");
    assertThat(runs.store.knownSinks().unshown("memory")).containsExactly(TIMELINES);
    assertThat(state().pending()).isZero();
    assertThat(runs.store.sinkBook().due("memory", List.of(TIMELINES), 100)).hasSize(COUNT);
  }

  @Test
  void what_was_looked_through_is_not_again_whenever_the_sink_is_asked_what_it_can_show() {
    Deliveries deliveries = delivered();
    runs.settling.step(runs.epoch(), false);
    sweeps = 0;
    deliveries.step(runs.epoch());
    int before = sweeps;
    for (int step = 0; step < STEPS; step++) {
      deliveries.step(runs.epoch());
    }
    assertThat(before).isPositive();
    assertThat(sweeps).isEqualTo(before);
  }

  @Test
  void an_audit_asks_the_sink_nothing_about_it() {
    delivered();
    AuditReport report =
        new Auditor(
                runs.scan,
                runs.store.index(),
                runs.comparison,
                runs.store.projections(),
                runs.store.knownSinks(),
                runs.store.sinkBook(),
                runs.projections)
            .audit(List.of(runs.sink), new Auditor.Sample.All(), () -> {});
    assertThat(report.unread()).isEmpty();
    assertThat(report.found()).isEmpty();
  }

  @Test
  void it_is_shown_once_the_sink_has_learned_to_although_the_writer_goes_on() {
    Deliveries deliveries = delivered();
    unknown = false;
    for (int step = 0; step < STEPS; step++) {
      deliveries.step(runs.epoch());
    }
    assertThat(Digests.of(runs.honest, TIMELINES))
        .isEqualTo(Digests.of(runs.store.projections(), TIMELINES));
    assertThat(told).containsExactly("[" + TIMELINES + "]", "[]");
    assertThat(runs.store.knownSinks().unshown("memory")).isEmpty();
    assertThat(state().pending()).isZero();
  }
}
