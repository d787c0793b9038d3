package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Bugs of how runs are forked.
final class ForkPlants {

  private static final Event.Known NOTE = new RunLimitWarning("events", 8, 10);

  private ForkPlants() {}

  static List<Plant> all() {
    return List.of(
        plant(
            "a fork copies one event too few",
            "a_fork_is_its_own_beginning_the_copy_and_what_tells_of_it",
            forking((honest, w) -> honest.append(forked(w, forkOf(w).atSeq() - 1)))),
        plant(
            "a fork copies nothing but what tells of it",
            "payloads_are_copied_as_they_are_stored",
            forking((honest, w) -> honest.append(forked(w, 1)))),
        plant(
            "a fork forgets what asked for it",
            "the_id_of_a_run_that_began_otherwise_is_a_conflict",
            forking((honest, w) -> honest.append(created(w, "any request")))),
        plant(
            "a fork is due at once",
            "a_fork_needs_nobody_until_a_frame_comes",
            forking((honest, w) -> afterwards(honest, w, bare(w.runId()).with(Wake.NOW)))),
        plant(
            "a fork begins behind an epoch that nobody had",
            "epochs_begin_anew",
            forking((honest, w) -> afterwards(honest, w, bare(w.runId()).with(LeaseChange.VISIT)))),
        plant(
            "a fork leaves a mark in its original",
            "the_original_is_as_it_was",
            forking((honest, w) -> afterwards(honest, w, note(forkOf(w).from())))),
        plant(
            "a fork that is repeated adds to the run",
            "the_same_fork_again_is_a_duplicate_and_changes_nothing",
            forking(ForkPlants::addingWhenRepeated)),
        plant(
            "a fork from beyond the log takes what there is",
            "what_lies_beyond_the_log_is_missing_and_nothing_begins",
            forking(ForkPlants::takingWhatThereIs)),
        plant(
            "whoever knows a run may fork it",
            "another_principals_run_is_foreign_and_nothing_begins",
            forking(ForkPlants::inItsOwnersName)),
        plant(
            "the frames of a copy may be sent again",
            "a_frame_of_the_copy_is_taken_and_one_behind_it_is_not",
            ForgetfulLog::new),
        plant(
            "a copy has the epochs of its original",
            "a_copy_has_the_time_and_the_trace_of_the_fork_and_no_epoch",
            EpochLog::new));
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<EventLog> spoiled) {
    return new Plant(
        bug, LogSuites.Forks.class, caughtBy, planted -> planted.log = spoiled.apply(planted.log));
  }

  /// A bug that only forks have.
  private static UnaryOperator<EventLog> forking(BiFunction<EventLog, Append, Appended> bug) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          Appended write(Append write) {
            return write.fork() == null ? honest.append(write) : bug.apply(honest, write);
          }
        };
  }

  private static RunForked forkOf(Append write) {
    RunForked fork = write.fork();
    if (fork == null) {
      throw new IllegalArgumentException("no fork: " + write);
    }
    return fork;
  }

  private static Append forked(Append w, long atSeq) {
    RunForked other = new RunForked(forkOf(w).from(), Math.max(1, atSeq));
    return w.with(List.of(w.events().getFirst(), other));
  }

  private static Append created(Append w, String content) {
    RunCreated created = (RunCreated) w.events().getFirst();
    return w.with(
        List.of(new RunCreated(created.spec(), Digest.ofText(content)), w.events().getLast()));
  }

  private static Append bare(RunId runId) {
    return Append.of(runId, Precondition.NONE, List.of());
  }

  private static Append note(RunId runId) {
    return Append.of(runId, Precondition.NONE, List.of(NOTE));
  }

  private static Appended afterwards(EventLog honest, Append fork, Append then) {
    Appended outcome = honest.append(fork);
    if (outcome instanceof Written) {
      honest.append(then);
    }
    return outcome;
  }

  private static Appended addingWhenRepeated(EventLog honest, Append fork) {
    Appended outcome = honest.append(fork);
    if (outcome instanceof Duplicate) {
      honest.append(note(fork.runId()));
    }
    return outcome;
  }

  private static Appended takingWhatThereIs(EventLog honest, Append fork) {
    Appended outcome = honest.append(fork);
    boolean missing = outcome instanceof Refused(Refusal why, _, _) && why == Refusal.MISSING;
    long head = honest.head(forkOf(fork).from()).map(RunHead::lastSeq).orElse(0L);
    return missing ? honest.append(forked(fork, head)) : outcome;
  }

  private static Appended inItsOwnersName(EventLog honest, Append fork) {
    RunCreated created = (RunCreated) fork.events().getFirst();
    var spec = Drafts.spec(created.spec().threadId(), Drafts.OWNER);
    return honest.append(
        fork.with(List.of(new RunCreated(spec, created.content()), fork.events().getLast())));
  }

  /// Takes a frame again that came with a copy.
  private static final class ForgetfulLog extends SpoiledLog {
    ForgetfulLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      Appended outcome = honest.append(write);
      boolean ofFork =
          honest.read(write.runId(), 0, 100).stream().anyMatch(e -> e.type().equals("run.forked"));
      return ofFork && write.frame() != null && outcome instanceof Duplicate
          ? honest.append(Append.of(write.runId(), Precondition.OPEN, write.events()))
          : outcome;
    }
  }

  /// Shows a copy's events under the epoch of the first executor.
  private static final class EpochLog extends SpoiledLog {
    EpochLog(EventLog honest) {
      super(honest);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      List<StoredEvent> events = honest.read(runId, after, limit);
      boolean ofFork = events.stream().anyMatch(e -> e.type().equals("run.forked"));
      return events.stream().map(e -> under(e, ofFork ? Long.valueOf(1) : e.epoch())).toList();
    }

    private static StoredEvent under(StoredEvent e, @Nullable Long epoch) {
      return new StoredEvent(
          e.runId(),
          e.seq(),
          e.type(),
          e.version(),
          e.payload(),
          e.occurredAt(),
          e.traceId(),
          epoch);
    }
  }
}
