package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.SpoiledLog.writing;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.Drafts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of how runs begin.
final class StartPlants {

  private StartPlants() {}

  static List<Plant> all() {
    return Stream.of(beginnings(), repetitions()).flatMap(List::stream).toList();
  }

  private static List<Plant> beginnings() {
    return List.of(
        plant(
            "a run forgets what asked for it",
            "a_start_makes_a_run_with_its_row",
            writing(w ->
                created(w, c -> new RunCreated(c.spec(), Digest.ofText("some request or other"))))),
        plant(
            "whoever comes to a thread may begin in it",
            "the_thread_of_another_principal_is_foreign_and_no_run_begins",
            writing(w -> created(w, c -> aside(c, "-of-" + c.spec().owner().key().length())))),
        plant(
            "a guest is taken for a user",
            "a_guest_and_a_user_are_different_principals",
            writing(w -> created(w, StartPlants::byUser))),
        plant(
            "a thread has one run",
            "a_thread_has_as_many_runs_as_its_owner_starts",
            OneRunLog::new),
        plant(
            "the first frame of a start is lost",
            "a_start_with_its_first_frame_is_one_write",
            writing(w -> fresh(w) ? w.with(w.events().subList(0, 1)) : w)),
        plant(
            "a start takes no lease",
            "a_start_may_take_the_lease_with_the_same_write",
            writing(w -> fresh(w) ? w.with(LeaseChange.KEEP) : w)),
        plant(
            "a start that visits keeps the lease",
            "a_start_that_only_visits_leaves_a_free_lease_with_the_first_epoch",
            writing(w -> visits(w) ? w.with(Drafts.acquire(w.runId(), Drafts.NODE).lease()) : w)),
        plant(
            "a start that visits raises no epoch",
            "a_start_that_only_visits_leaves_a_free_lease_with_the_first_epoch",
            writing(w -> visits(w) ? w.with(LeaseChange.KEEP) : w)));
  }

  private static boolean visits(Append write) {
    return write.lease() instanceof LeaseChange.Visit;
  }

  private static List<Plant> repetitions() {
    return List.of(
        plant(
            "a start of a known run adds to it",
            "the_same_start_again_is_a_duplicate_and_changes_nothing",
            again((w, _) -> Optional.of(LogPlants.under(w, Precondition.NONE)))),
        plant(
            "a repeated start is refused once the run has ended",
            "the_same_start_is_a_duplicate_also_after_the_end",
            answering((_, head) ->
                head.columns().run().ended()
                    ? Optional.of(new Refused(Refusal.ENDED, head.lastSeq(), 1))
                    : Optional.empty())),
        plant(
            "a stranger learns that a run is there",
            "the_id_of_another_principals_run_is_foreign_whatever_the_content",
            answering((_, head) -> Optional.of(new Duplicate(head.lastSeq())))));
  }

  private static boolean fresh(Append write) {
    return write.precondition().fresh();
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<EventLog> spoiled) {
    return new Plant(
        bug, LogSuites.Starts.class, caughtBy, planted -> planted.log = spoiled.apply(planted.log));
  }

  /// A start with another first event.
  private static Append created(Append write, UnaryOperator<RunCreated> change) {
    if (!fresh(write) || !(write.events().getFirst() instanceof RunCreated created)) {
      return write;
    }
    List<Event.Known> events = new ArrayList<>(write.events());
    events.set(0, change.apply(created));
    return write.with(events);
  }

  private static RunCreated aside(RunCreated created, String suffix) {
    boolean stranger = created.spec().owner().equals(Drafts.STRANGER);
    String thread = created.spec().threadId().value();
    return stranger ? in(created, thread + suffix, created.spec().owner()) : created;
  }

  private static RunCreated byUser(RunCreated created) {
    Principal owner = created.spec().owner();
    return owner instanceof Principal.Guest
        ? in(created, created.spec().threadId().value(), Drafts.OWNER)
        : created;
  }

  private static RunCreated in(RunCreated created, String thread, Principal owner) {
    RunSpec spec = Drafts.spec(new ThreadId(thread), owner);
    return new RunCreated(spec, created.content());
  }

  /// Writes something else when a run that is known is started.
  private static UnaryOperator<EventLog> again(
      BiFunction<Append, RunHead, Optional<Append>> written) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          Appended write(Append write) {
            Append instead =
                honest
                    .head(write.runId())
                    .filter(_ -> fresh(write))
                    .flatMap(head -> written.apply(write, head))
                    .orElse(write);
            return honest.append(instead);
          }
        };
  }

  /// Answers without writing when a run that is known is started.
  private static UnaryOperator<EventLog> answering(
      BiFunction<Append, RunHead, Optional<Appended>> answer) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          Appended write(Append write) {
            return honest
                .head(write.runId())
                .filter(_ -> fresh(write))
                .flatMap(head -> answer.apply(write, head))
                .orElseGet(() -> honest.append(write));
          }
        };
  }

  private static final class OneRunLog extends SpoiledLog {
    private final Set<ThreadId> begun = new HashSet<>();

    OneRunLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      boolean taken =
          fresh(write)
              && write.events().getFirst() instanceof RunCreated created
              && !begun.add(created.spec().threadId());
      return taken ? new Refused(Refusal.CONFLICT, 0, 0) : honest.append(write);
    }
  }
}
