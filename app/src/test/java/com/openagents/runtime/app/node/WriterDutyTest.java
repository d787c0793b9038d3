package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projection.WriterLeases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G11")
class WriterDutyTest {

  private static final Duration TTL = Duration.ofSeconds(10);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final WriterLeases leases = new InMemoryStore(time).writers();
  private final WriterDuty duty = new WriterDuty(leases, new NodeId("a"), TTL);
  private final List<Long> epochs = new ArrayList<>();

  @Test
  void what_the_store_did_not_answer_is_shut_out_before_anything_else_is_done() {
    duty.keep();
    assertThatThrownBy(() ->
            duty.under(_ -> {
              throw new StoreUnavailable("no answer", new Exception());
            }))
        .isInstanceOf(StoreUnavailable.class);
    duty.under(epochs::add);
    assertThat(epochs).isEmpty();
    duty.keep();
    duty.under(epochs::add);
    assertThat(epochs).containsExactly(2L);
  }

  private void fencedBy(long present) {
    duty.under(epoch -> {
      throw new WriterFenced(epoch, present);
    });
    assertThat(duty.holds()).isFalse();
  }

  @Test
  void a_sink_that_has_seen_higher_epochs_is_exceeded_at_once() {
    duty.keep();
    fencedBy(4_711);
    duty.keep();
    duty.under(epochs::add);
    duty.keep();
    duty.under(epochs::add);
    assertThat(epochs).containsExactly(4_712L, 4_712L);
  }

  @Test
  void who_speaks_of_impossible_epochs_is_not_followed() {
    duty.keep();
    fencedBy(Long.MAX_VALUE);
    duty.keep();
    duty.under(epochs::add);
    assertThat(epochs).containsExactly(2L);
  }

  @Test
  void another_holder_is_left_alone() {
    duty.keep();
    time.advance(TTL.plusSeconds(1));
    WriterDuty other = new WriterDuty(leases, new NodeId("b"), TTL);
    other.keep();
    duty.under(epoch -> {
      throw new WriterFenced(epoch);
    });
    assertThat(duty.holds()).isFalse();
    duty.keep();
    assertThat(duty.holds()).isFalse();
    other.release();
    duty.keep();
    duty.under(epochs::add);
    assertThat(epochs).containsExactly(3L);
  }
}
