package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.ProjectionWatch;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What no adapter should throw is told like every other trouble of a sink.
@Tag("G12")
class SinkMistakesTest {

  private final InMemoryStore store =
      new InMemoryStore(new VirtualTime(Instant.parse("2026-01-01T00:00:00Z")));
  private final List<String> failed = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private final long epoch =
      store.writers().acquire(Drafts.NODE, Duration.ofDays(1)).orElseThrow().epoch();

  private SinkDuty duty(RuntimeException thrown) {
    store.knownSinks().register(epoch, "memory", 10);
    ProjectionSink sink =
        PortProxy.of(
            ProjectionSink.class,
            new InMemorySink("memory"),
            (method, arguments, honest) -> {
              if (method.equals("open")) {
                throw thrown;
              }
              return honest.call(arguments);
            });
    Deliveries deliveries =
        new Deliveries(
            sink,
            new DeliveryPorts(
                store.projections(), store.knownSinks(), store.sinkBook(), store.sinkStreams()),
            RunProjections.BUILT_IN,
            new GenerationNotes(),
            DeliveryWatch.NONE,
            SinkDuty.AT_ONCE);
    return new SinkDuty("memory", deliveries, store.knownSinks(), watch(), now::get);
  }

  private ProjectionWatch watch() {
    return (ProjectionWatch)
        Proxy.newProxyInstance(
            ProjectionWatch.class.getClassLoader(),
            new Class<?>[] {ProjectionWatch.class},
            (_, method, arguments) -> {
              if (method.getName().equals("failed")) {
                failed.add((String) arguments[1]);
              }
              return null;
            });
  }

  @Test
  void a_mistake_of_an_adapter_is_noted_counted_and_waited_after() {
    SinkDuty duty = duty(new IllegalStateException("out of place"));
    duty.round(epoch, () -> false);
    duty.round(epoch, () -> false);
    assertThat(failed).containsExactly("internal");
    now.addAndGet(Duration.ofHours(1).toNanos());
    duty.round(epoch, () -> false);
    assertThat(failed).containsExactly("internal", "internal");
    assertThat(store.knownSinks().sinks(RunProjections.BUILT_IN.names()))
        .extracting(SinkState::trouble)
        .containsExactly("internal: java.lang.IllegalStateException: out of place");
  }

  @Test
  void that_the_store_is_away_is_no_trouble_of_the_sink() {
    SinkDuty duty = duty(new StoreUnavailable("no answer", new IllegalStateException()));
    assertThatThrownBy(() -> duty.round(epoch, () -> false)).isInstanceOf(StoreUnavailable.class);
    assertThat(failed).isEmpty();
  }
}
