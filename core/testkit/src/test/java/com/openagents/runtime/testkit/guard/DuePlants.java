package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.Drafts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of the searches for runs that need somebody.
final class DuePlants {

  private DuePlants() {}

  static List<Plant> all() {
    return Stream.of(due(), wronglyDue(), expired()).flatMap(List::stream).toList();
  }

  private static List<Plant> due() {
    return List.of(
        due(
            "due runs are listed by their ids",
            "lists_the_longest_due_first_and_no_more_than_asked_for",
            (index, limit) ->
                index.honest.due(limit).stream()
                    .sorted(Comparator.comparing(RunHead::runId))
                    .toList()),
        due(
            "due runs hide those that wait longest",
            "a_run_is_due_when_its_time_has_come",
            (index, limit) -> index.honest.due(limit).stream().skip(1).toList()),
        due(
            "a due row tells no time",
            "a_due_row_is_the_row_of_the_run",
            (index, limit) -> index.honest.due(limit).stream().map(DuePlants::timeless).toList()));
  }

  private static List<Plant> wronglyDue() {
    return List.of(
        alsoDue(
            "a run that ended may be due",
            "a_run_that_ended_is_not_due_whatever_its_time",
            head -> head.columns().run().ended() && past(head, head.wakeAt())),
        alsoDue(
            "a run with an executor may be due",
            "a_run_with_an_executor_is_not_due",
            head -> head.lease() instanceof Lease.Held && past(head, head.wakeAt())),
        alsoDue(
            "a run without a time is due",
            "a_run_without_a_time_is_never_due",
            head -> head.wakeAt() == null));
  }

  private static List<Plant> expired() {
    return List.of(
        expired(
            "expired leases are not found",
            "a_lease_is_expired_when_its_time_is_over",
            (_, _) -> List.of()),
        expired(
            "as many expired leases are listed as there are",
            "lists_the_longest_expired_first_and_no_more_than_asked_for",
            (index, _) -> index.honest.expired(200)),
        alsoExpired(
            "the lease of a run that ended may be expired",
            "a_run_that_ended_is_not_listed_as_expired",
            head ->
                head.lease() instanceof Lease.Held held
                    && head.columns().run().ended()
                    && past(head, held.expiresAt())),
        alsoExpired(
            "a lease is as old as its run",
            "a_lease_that_was_extended_released_broken_or_taken_over_is_not_expired",
            head ->
                head.lease() instanceof Lease.Held
                    && past(head, head.createdAt().plus(Drafts.TTL))));
  }

  private static boolean past(RunHead head, @Nullable Instant time) {
    return time != null && !time.isAfter(head.readAt());
  }

  private static RunHead timeless(RunHead h) {
    return new RunHead(
        h.runId(),
        h.threadId(),
        h.owner(),
        h.agent(),
        h.content(),
        h.columns(),
        h.lastSeq(),
        h.floor(),
        h.lease(),
        null,
        h.createdAt(),
        h.updatedAt(),
        h.readAt());
  }

  private static Plant alsoDue(String bug, String caughtBy, Predicate<RunHead> found) {
    return due(bug, caughtBy, (index, limit) -> also(index, index.honest.due(limit), found));
  }

  private static Plant alsoExpired(String bug, String caughtBy, Predicate<RunHead> found) {
    return expired(
        bug, caughtBy, (index, limit) -> also(index, index.honest.expired(limit), found));
  }

  private static List<RunHead> also(
      SpoiledIndex index, List<RunHead> heads, Predicate<RunHead> found) {
    return Stream.concat(heads.stream(), index.everyRun().stream().filter(found))
        .distinct()
        .toList();
  }

  private static Plant due(
      String bug, String caughtBy, BiFunction<SpoiledIndex, Integer, List<RunHead>> spoiled) {
    return SpoiledIndex.plant(
        bug,
        LookSuites.Dues.class,
        caughtBy,
        honest ->
            new SpoiledIndex(honest) {
              @Override
              public List<RunHead> due(int limit) {
                return spoiled.apply(this, limit);
              }
            });
  }

  private static Plant expired(
      String bug, String caughtBy, BiFunction<SpoiledIndex, Integer, List<RunHead>> spoiled) {
    return SpoiledIndex.plant(
        bug,
        LookSuites.Dues.class,
        caughtBy,
        honest ->
            new SpoiledIndex(honest) {
              @Override
              public List<RunHead> expired(int limit) {
                return spoiled.apply(this, limit);
              }
            });
  }
}
