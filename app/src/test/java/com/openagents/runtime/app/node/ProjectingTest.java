package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.metrics.MeteredProjections;
import com.openagents.runtime.app.running.RunningService;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.projection.KnownSinks.Forgotten;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DriftNotes;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.projector.Settling;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G11")
class ProjectingTest {

  private static final String SINK = "memory";
  private static final int AT_ONCE = 100;

  /// Long for the node, which looks after its lease every quarter of it; the store's clock is
  /// moved.
  private static final Duration TTL = Duration.ofDays(1);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(time);

  private Projecting projecting() {
    RunProjections all = RunProjections.BUILT_IN;
    var kept = store.projections();
    GenerationNotes notes = new GenerationNotes();
    Projector projector =
        new Projector(store.scan(), store.changes(), kept, all, Projector.Bounds.DEFAULT);
    Comparison comparison = new Comparison(new Recount(store.scan(), all), kept, store.changes());
    RebuildPorts ports =
        new RebuildPorts(
            store.scan(), kept, store.knownSinks(), store.sinkBook(), store.rebuilds());
    return new Projecting(
        new Projecting.Parts(
            store.writers(),
            projector,
            new Rebuilding(ports, projector, comparison, all, AT_ONCE),
            new Settling(ports, projector, all, notes),
            new DeliveryPorts(kept, store.knownSinks(), store.sinkBook(), store.sinkStreams()),
            notes,
            List.of(new InMemorySink(SINK))),
        new NodeId("a"),
        new Projecting.Times(TTL, Duration.ofMillis(1), 0),
        new MeteredProjections(
            new SimpleMeterRegistry(),
            InstantSource.system(),
            List.of(SINK),
            all,
            new DriftNotes(new NodeId("a"), Instant.EPOCH)));
  }

  private boolean knowsTheSink() {
    return store.knownSinks().sinks(List.of()).stream().map(SinkState::sink).anyMatch(SINK::equals);
  }

  @Test
  void a_sink_that_is_forgotten_while_the_writer_stays_is_registered_again() {
    try (Projecting projecting = projecting()) {
      projecting.begin();
      RunningService.await(this::knowsTheSink);
      long epoch = store.writers().current().orElseThrow().epoch();
      time.advance(TTL.plusSeconds(1));
      assertThat(store.knownSinks().forget(SINK)).isEqualTo(Forgotten.FORGOTTEN);
      RunningService.await(this::knowsTheSink);
      assertThat(store.writers().current().orElseThrow().epoch()).isEqualTo(epoch);
    }
  }
}
