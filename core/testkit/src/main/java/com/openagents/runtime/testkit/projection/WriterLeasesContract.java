package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OTHER_NODE;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the writer's lease promises: one holder at a time, and epochs that only grow.
///
/// Not asserted: the very microsecond of expiry; that a write under an epoch is refused, which is
/// for the suites of what is written.
@Tag("G11")
public abstract class WriterLeasesContract extends ProjectionSuite {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private WriterLeases writers() {
    return store().writers();
  }

  private WriterLease acquire(NodeId node) {
    Optional<WriterLease> lease = writers().acquire(node, TTL);
    assertThat(lease).as("a lease for %s", node).isPresent();
    return lease.orElseThrow();
  }

  private void assertHolder(WriterLease lease) {
    assertThat(writers().current()).contains(lease);
    assertThat(writers().acquire(OTHER_NODE, TTL)).isEmpty();
  }

  @Test
  void a_lease_that_nobody_holds_is_taken_for_its_time() {
    assertThat(writers().current()).isEmpty();
    WriterLease lease = acquire(NODE);
    assertThat(lease.node()).isEqualTo(NODE);
    assertThat(lease.epoch()).isPositive();
    assertThat(lease.expiresAt())
        .isBetween(store().now().plus(TTL).minus(MINUTE), store().now().plus(TTL).plus(MINUTE));
    assertHolder(lease);
  }

  @Test
  void nobody_takes_a_lease_that_is_held_not_even_its_holder() {
    WriterLease lease = acquire(NODE);
    assertThat(writers().acquire(OTHER_NODE, TTL)).isEmpty();
    assertThat(writers().acquire(NODE, TTL)).isEmpty();
    store().passTime(TTL.minus(MINUTE));
    assertThat(writers().acquire(OTHER_NODE, TTL)).isEmpty();
    assertThat(writers().current().map(WriterLease::epoch)).contains(lease.epoch());
  }

  @Test
  void a_lease_that_ran_out_is_taken_under_a_higher_epoch() {
    long first = acquire(NODE).epoch();
    store().passTime(MORE_THAN_TTL);
    WriterLease second = acquire(OTHER_NODE);
    assertThat(second.epoch()).isGreaterThan(first);
    assertThat(writers().current()).contains(second);
    store().passTime(MORE_THAN_TTL);
    assertThat(acquire(OTHER_NODE).epoch()).isGreaterThan(second.epoch());
  }

  @Test
  void a_lease_that_was_given_back_is_taken_under_a_higher_epoch() {
    WriterLease first = acquire(NODE);
    writers().release(first);
    assertThat(writers().current().map(WriterLease::epoch)).contains(first.epoch());
    assertThat(writers().current().map(WriterLease::node)).contains(NODE);
    WriterLease second = acquire(NODE);
    assertThat(second.epoch()).isGreaterThan(first.epoch());
    writers().release(second);
    assertThat(acquire(OTHER_NODE).epoch()).isGreaterThan(second.epoch());
  }

  @Test
  void a_lease_is_prolonged_from_now_on_under_its_epoch() {
    WriterLease lease = acquire(NODE);
    store().passTime(TTL.dividedBy(2));
    Optional<WriterLease> renewed = writers().renew(lease, TTL);
    assertThat(renewed.map(WriterLease::epoch)).contains(lease.epoch());
    assertThat(renewed.map(WriterLease::node)).contains(NODE);
    store().passTime(TTL.dividedBy(2).plus(MINUTE));
    assertThat(writers().acquire(OTHER_NODE, TTL)).isEmpty();
    store().passTime(TTL.dividedBy(2));
    assertThat(acquire(OTHER_NODE).epoch()).isGreaterThan(lease.epoch());
  }

  @Test
  void a_lease_that_nobody_has_taken_since_is_prolonged_though_its_time_is_over() {
    WriterLease lease = acquire(NODE);
    store().passTime(MORE_THAN_TTL);
    Optional<WriterLease> renewed = writers().renew(lease, TTL);
    assertThat(renewed.map(WriterLease::epoch)).contains(lease.epoch());
    assertHolder(renewed.orElseThrow());
  }

  @Test
  void a_former_holder_changes_nothing() {
    WriterLease former = acquire(NODE);
    store().passTime(MORE_THAN_TTL);
    WriterLease lease = acquire(OTHER_NODE);
    assertThat(writers().renew(former, TTL.multipliedBy(2))).isEmpty();
    assertThat(writers().raise(former, 0, TTL.multipliedBy(2))).isEmpty();
    writers().release(former);
    assertHolder(lease);
    store().passTime(MORE_THAN_TTL);
    acquire(NODE);
  }

  @Test
  void a_node_that_took_the_lease_again_is_not_its_former_self() {
    WriterLease former = acquire(NODE);
    store().passTime(MORE_THAN_TTL);
    WriterLease lease = acquire(NODE);
    assertThat(writers().renew(former, TTL)).isEmpty();
    assertThat(writers().raise(former, 0, TTL)).isEmpty();
    writers().release(former);
    assertHolder(lease);
  }

  @Test
  void an_epoch_is_raised_by_its_holder_who_stays_the_holder() {
    WriterLease lease = acquire(NODE);
    store().passTime(TTL.dividedBy(2));
    WriterLease raised = writers().raise(lease, 0, TTL).orElseThrow();
    assertThat(raised.epoch()).isGreaterThan(lease.epoch());
    assertThat(raised.node()).isEqualTo(NODE);
    assertHolder(raised);
    store().passTime(TTL.dividedBy(2).plus(MINUTE));
    assertThat(writers().acquire(OTHER_NODE, TTL)).isEmpty();
  }

  @Test
  void an_epoch_is_raised_above_any_that_was_seen_elsewhere() {
    WriterLease lease = acquire(NODE);
    WriterLease raised = writers().raise(lease, lease.epoch() + 1_000, TTL).orElseThrow();
    assertThat(raised.epoch()).isGreaterThan(lease.epoch() + 1_000);
    assertHolder(raised);
    WriterLease again = writers().raise(raised, lease.epoch(), TTL).orElseThrow();
    assertThat(again.epoch()).isGreaterThan(raised.epoch());
    assertHolder(again);
    store().passTime(MORE_THAN_TTL);
    assertThat(acquire(OTHER_NODE).epoch()).isGreaterThan(again.epoch());
  }

  @Test
  void the_lease_of_before_a_raise_changes_nothing() {
    WriterLease former = acquire(NODE);
    WriterLease raised = writers().raise(former, 0, TTL).orElseThrow();
    assertThat(writers().renew(former, TTL.multipliedBy(2))).isEmpty();
    assertThat(writers().raise(former, 0, TTL.multipliedBy(2))).isEmpty();
    writers().release(former);
    assertHolder(raised);
    store().passTime(MORE_THAN_TTL);
    assertThat(acquire(OTHER_NODE).epoch()).isGreaterThan(raised.epoch());
  }

  @Test
  void of_concurrent_claims_one_gets_the_lease() {
    long last = 0;
    for (int round = 0; round < 5; round++) {
      List<Optional<WriterLease>> claims =
          Race.of(8, number -> writers().acquire(new NodeId("node-" + number), TTL));
      List<WriterLease> got = claims.stream().flatMap(Optional::stream).toList();
      assertThat(got).hasSize(1);
      assertThat(got.getFirst().epoch()).isGreaterThan(last);
      last = got.getFirst().epoch();
      writers().release(got.getFirst());
    }
  }

  @Test
  void of_concurrent_raises_one_counts() {
    WriterLease lease = acquire(NODE);
    List<Optional<WriterLease>> raises = Race.of(8, _ -> writers().raise(lease, 0, TTL));
    List<WriterLease> got = raises.stream().flatMap(Optional::stream).toList();
    assertThat(got).hasSize(1);
    assertHolder(got.getFirst());
  }

  @Test
  void of_a_late_renewal_and_a_claim_one_gets_the_lease() {
    for (int round = 0; round < 5; round++) {
      WriterLease late = acquire(NODE);
      store().passTime(MORE_THAN_TTL);
      List<Optional<WriterLease>> both =
          Race.of(
              2,
              number ->
                  number == 0 ? writers().renew(late, TTL) : writers().acquire(OTHER_NODE, TTL));
      List<WriterLease> got = both.stream().flatMap(Optional::stream).toList();
      assertThat(got).hasSize(1);
      assertHolder(got.getFirst());
      store().passTime(MORE_THAN_TTL);
    }
  }
}
