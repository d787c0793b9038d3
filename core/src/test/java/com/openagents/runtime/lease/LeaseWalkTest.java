package com.openagents.runtime.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.lease.LeaseChange.Acquire;
import com.openagents.runtime.lease.LeaseChange.Break;
import com.openagents.runtime.lease.LeaseChange.Extend;
import com.openagents.runtime.lease.LeaseVerdict.Granted;
import com.openagents.runtime.lease.LeaseVerdict.Refusal;
import com.openagents.runtime.lease.LeaseVerdict.Refused;
import com.openagents.runtime.lease.LeaseWalk.Cell;
import com.openagents.runtime.lease.LeaseWalk.Standing;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every change in every standing of a lease.
class LeaseWalkTest {

  private final LeaseWalk walk = LeaseWalk.fromNothing();

  private record Kinds(Standing standing, Class<?> change) {}

  @Test
  void every_kind_of_change_is_tried_in_every_standing() {
    Set<Kinds> expected = new HashSet<>();
    for (Standing standing : Standing.values()) {
      Stream.of(LeaseChange.class.getPermittedSubclasses())
          .forEach(change -> expected.add(new Kinds(standing, change)));
    }
    assertThat(walk.cells())
        .extracting(cell -> new Kinds(cell.standing(), cell.change().getClass()))
        .containsAll(expected);
    assertThat(walk.cells())
        .extracting(Cell::verdict)
        .contains(new Refused(Refusal.HELD), new Refused(Refusal.NOT_HELD));
  }

  @Test
  @Tag("G3")
  @Tag("scenario-3")
  void the_epoch_rises_by_one_when_a_lease_is_taken_or_broken_and_never_otherwise() {
    for (Cell cell : walk.cells()) {
      boolean raises =
          cell.verdict() instanceof Granted && (takes(cell) || cell.change() instanceof Break);
      assertThat(cell.after().epoch())
          .as("%s", cell)
          .isEqualTo(cell.before().epoch() + (raises ? 1 : 0));
    }
  }

  @Test
  @Tag("G3")
  void nobody_takes_or_breaks_a_lease_that_is_held() {
    assertThat(walk.cells())
        .filteredOn(cell -> cell.standing() == Standing.HELD)
        .filteredOn(cell -> takes(cell) || cell.change() instanceof Break)
        .isNotEmpty()
        .extracting(Cell::verdict)
        .containsOnly(new Refused(Refusal.HELD));
  }

  @Test
  void a_free_or_expired_lease_is_anybodys() {
    for (Cell cell : walk.cells()) {
      if (cell.change() instanceof Acquire(var owner, var ttl)
          && cell.standing() != Standing.HELD) {
        assertThat(cell.after())
            .isEqualTo(new Lease.Held(cell.before().epoch() + 1, owner, cell.now().plus(ttl)));
      }
    }
  }

  @Test
  @Tag("G3")
  void a_visit_leaves_a_free_lease_with_the_next_epoch() {
    assertThat(walk.cells())
        .filteredOn(cell -> cell.change().equals(LeaseChange.VISIT))
        .filteredOn(cell -> cell.standing() != Standing.HELD)
        .isNotEmpty()
        .allSatisfy(
            cell -> assertThat(cell.after()).isEqualTo(new Lease.Free(cell.before().epoch() + 1)));
  }

  @Test
  void an_extension_keeps_holder_and_epoch_and_counts_from_now() {
    for (Cell cell : walk.cells()) {
      if (cell.change() instanceof Extend(var ttl)
          && cell.before() instanceof Lease.Held(long epoch, var owner, _)) {
        assertThat(cell.after()).isEqualTo(new Lease.Held(epoch, owner, cell.now().plus(ttl)));
      }
    }
  }

  @Test
  void there_is_nothing_to_extend_release_or_break_where_nobody_holds() {
    assertThat(walk.cells())
        .filteredOn(cell -> cell.standing() == Standing.FREE)
        .filteredOn(cell -> !takes(cell))
        .filteredOn(cell -> !cell.change().equals(LeaseChange.KEEP))
        .filteredOn(cell -> !cell.change().equals(LeaseChange.END))
        .isNotEmpty()
        .extracting(Cell::verdict)
        .containsOnly(new Refused(Refusal.NOT_HELD));
  }

  @Test
  void letting_go_leaves_a_free_lease_with_its_epoch() {
    for (Cell cell : walk.cells()) {
      boolean released =
          cell.change().equals(LeaseChange.RELEASE) && cell.before() instanceof Lease.Held;
      if (released || cell.change().equals(LeaseChange.END)) {
        assertThat(cell.after()).isEqualTo(new Lease.Free(cell.before().epoch()));
      }
    }
  }

  @Test
  void keeping_changes_nothing() {
    assertThat(walk.cells())
        .filteredOn(cell -> cell.change().equals(LeaseChange.KEEP))
        .isNotEmpty()
        .allSatisfy(cell -> assertThat(cell.verdict()).isEqualTo(new Granted(cell.before())));
  }

  @Test
  void a_lease_is_held_to_its_last_moment_and_not_a_microsecond_longer() {
    Lease.Held held = new Lease.Held(1, LeaseWalk.NODE, LeaseWalk.NOW);
    assertThat(held.expiredAt(LeaseWalk.NOW)).isFalse();
    assertThat(held.expiredAt(LeaseWalk.NOW.plusNanos(1_000))).isTrue();
    assertThat(held.expiredAt(LeaseWalk.NOW.minusNanos(1_000))).isFalse();
  }

  private static boolean takes(Cell cell) {
    return cell.change() instanceof Acquire || cell.change().equals(LeaseChange.VISIT);
  }
}
