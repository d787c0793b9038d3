package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.lease.Lease.Free;
import com.openagents.runtime.lease.Lease.Held;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.lease.LeaseChange.Acquire;
import com.openagents.runtime.lease.LeaseChange.Extend;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of what becomes of a lease, each in a few cells of the table of all leases and changes.
final class LeaseTablePlants {

  private LeaseTablePlants() {}

  static List<Plant> all() {
    return Stream.of(free(), expired(), live()).flatMap(List::stream).toList();
  }

  private static List<Plant> free() {
    return List.of(
        plant(
            "who extends a free lease gets it",
            changing((head, change) ->
                change instanceof Extend(Duration ttl) && head.lease() instanceof Free
                    ? new Acquire(Drafts.NODE, ttl)
                    : change)),
        plant(
            "a free lease can be released",
            changing((head, change) ->
                change instanceof LeaseChange.Release && head.lease() instanceof Free
                    ? LeaseChange.KEEP
                    : change)));
  }

  private static List<Plant> expired() {
    return List.of(
        plant(
            "who comes to an expired lease breaks it and does not get it",
            changing((head, change) ->
                change instanceof Acquire && expired(head) ? LeaseChange.BREAK : change)),
        plant(
            "any write clears an expired lease away",
            changing((head, change) ->
                change instanceof LeaseChange.Keep && expired(head) ? LeaseChange.END : change)));
  }

  private static List<Plant> live() {
    return List.of(
        plant(
            "a node may take the lease again that it holds",
            changing((head, change) ->
                change instanceof Acquire(var node, Duration ttl)
                        && head.lease() instanceof Held held
                        && held.owner().equals(node)
                        && !expired(head)
                    ? new Extend(ttl)
                    : change)),
        plant(
            "an extension is added to what is left",
            changing((head, change) ->
                change instanceof Extend(Duration ttl) && head.lease() instanceof Held held
                    ? new Extend(ttl.plus(Duration.between(head.readAt(), held.expiresAt())))
                    : change)),
        plant("a live lease can be broken", honest -> new Ruthless(honest, LeaseChange.BREAK)),
        plant("a visit ends a live lease", honest -> new Ruthless(honest, LeaseChange.VISIT)),
        plant("a release raises the epoch", RisingRelease::new));
  }

  private static Plant plant(String bug, UnaryOperator<EventLog> spoiled) {
    return new Plant(
        bug,
        LogSuites.LeaseTables.class,
        "a_lease_answers_as_its_rules_say",
        planted -> planted.log = spoiled.apply(planted.log));
  }

  private static boolean expired(RunHead head) {
    return head.lease() instanceof Held held && held.expiredAt(head.readAt());
  }

  /// Does something else to some leases than was asked for.
  private static UnaryOperator<EventLog> changing(
      BiFunction<RunHead, LeaseChange, LeaseChange> bug) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          Appended write(Append write) {
            LeaseChange done =
                honest
                    .head(write.runId())
                    .map(head -> bug.apply(head, write.lease()))
                    .orElse(write.lease());
            return honest.append(write.with(done));
          }
        };
  }

  private static Append only(Append write, LeaseChange change) {
    return Append.of(write.runId(), Precondition.NONE, List.of()).with(change);
  }

  /// Ends the lease that stands in the way of a change.
  private static final class Ruthless extends SpoiledLog {
    private final LeaseChange change;

    Ruthless(EventLog honest, LeaseChange change) {
      super(honest);
      this.change = change;
    }

    @Override
    Appended write(Append write) {
      boolean stands =
          honest
              .head(write.runId())
              .filter(head -> head.lease() instanceof Held && !expired(head))
              .isPresent();
      if (!stands || !write.lease().equals(change)) {
        return honest.append(write);
      }
      honest.append(only(write, LeaseChange.END));
      return honest.append(write.with(LeaseChange.VISIT));
    }
  }

  private static final class RisingRelease extends SpoiledLog {
    RisingRelease(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      Appended outcome = honest.append(write);
      if (write.lease() instanceof LeaseChange.Release && outcome instanceof Written) {
        honest.append(only(write, LeaseChange.VISIT));
      }
      return outcome;
    }
  }
}
