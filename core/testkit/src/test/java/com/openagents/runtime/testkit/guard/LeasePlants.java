package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.LogPlants.under;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of the fence.
final class LeasePlants {

  private LeasePlants() {}

  static List<Plant> all() {
    return Stream.of(fences(), changes()).flatMap(List::stream).toList();
  }

  private static List<Plant> fences() {
    return List.of(
        plant(
            "a stale epoch is accepted",
            LogSuites.Leases.class,
            "a_zombie_writes_nothing_after_a_thief_took_its_lease",
            unfenced((write, lease) -> epoch(write) < lease.epoch())),
        plant(
            "the expiry of a lease is ignored",
            LogSuites.Leases.class,
            "an_expired_lease_is_worth_nothing_even_when_nobody_took_it",
            unfenced((write, lease) -> epoch(write) == lease.epoch())),
        plant(
            "an epoch is only compared from below",
            LogSuites.Leases.class,
            "an_epoch_that_was_never_given_out_is_worth_nothing",
            unfenced((write, lease) -> epoch(write) > lease.epoch())),
        plant(
            "a zombie may extend its lease",
            LogSuites.Leases.class,
            "a_zombie_writes_nothing_after_a_thief_took_its_lease",
            unfenced((write, _) -> write.lease() instanceof LeaseChange.Extend)),
        plant(
            "a zombie may release the lease of the thief",
            LogSuites.Leases.class,
            "a_zombie_writes_nothing_after_a_thief_took_its_lease",
            unfenced((write, _) -> write.lease() instanceof LeaseChange.Release)));
  }

  private static List<Plant> changes() {
    return List.of(
        plant(
            "the same owner gets the same epoch again",
            LogSuites.Leases.class,
            "the_epoch_rises_at_every_acquisition_also_by_the_same_node",
            StickyEpochLog::new),
        plant(
            "breaking a lease leaves its epoch",
            LogSuites.Leases.class,
            "breaking_an_expired_lease_fences_its_holder_at_once",
            SpoiledLog.writing(
                w -> w.lease() instanceof LeaseChange.Break ? w.with(LeaseChange.END) : w)),
        plant(
            "an extension is forgotten",
            LogSuites.Leases.class,
            "an_extension_counts_from_its_own_time",
            SpoiledLog.writing(
                w -> w.lease() instanceof LeaseChange.Extend ? w.with(LeaseChange.KEEP) : w)),
        plant(
            "events are written though their change of the lease is refused",
            LogSuites.Leases.class,
            "a_write_whose_lease_change_is_refused_writes_no_event",
            EventsFirstLog::new));
  }

  private static Plant plant(
      String bug, Class<?> suite, String caughtBy, UnaryOperator<EventLog> spoiled) {
    return new Plant(bug, suite, caughtBy, planted -> planted.log = spoiled.apply(planted.log));
  }

  private static long epoch(Append write) {
    Long epoch = write.precondition().executorEpoch();
    return epoch == null ? -1 : epoch;
  }

  /// Forgets to ask for the epoch in some cases.
  private static UnaryOperator<EventLog> unfenced(BiPredicate<Append, Lease> forgotten) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          Appended write(Append write) {
            boolean forgets =
                epoch(write) >= 0
                    && honest
                        .head(write.runId())
                        .filter(head -> forgotten.test(write, head.lease()))
                        .isPresent();
            Precondition p = write.precondition();
            return honest.append(
                forgets
                    ? under(
                        write,
                        new Precondition(
                            p.fresh(), null, p.atSeq(), p.open(), p.owner(), p.uncontended()))
                    : write);
          }
        };
  }

  /// Keeps a released lease and hands it back, as it was, to the node that had it.
  private static final class StickyEpochLog extends SpoiledLog {
    private final Map<RunId, NodeId> released = new HashMap<>();

    StickyEpochLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      RunId run = write.runId();
      if (write.lease() instanceof LeaseChange.Release
          && honest.head(run).map(RunHead::lease).orElseThrow() instanceof Lease.Held held) {
        released.put(run, held.owner());
        return honest.append(write.with(LeaseChange.KEEP));
      }
      NodeId before = released.remove(run);
      return before != null
              && write.lease() instanceof LeaseChange.Acquire(var owner, var ttl)
              && owner.equals(before)
          ? honest.append(write.with(new LeaseChange.Extend(ttl)))
          : honest.append(write);
    }
  }

  private static final class EventsFirstLog extends SpoiledLog {
    EventsFirstLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      Appended outcome = honest.append(write);
      if (outcome instanceof Appended.Refused(var why, _, _)
          && why == Appended.Refusal.HELD
          && !write.events().isEmpty()) {
        honest.append(write.with(LeaseChange.KEEP));
      }
      return outcome;
    }
  }
}
