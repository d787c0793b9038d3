package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.SpoiledLog.writing;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Bugs of when a run next needs an executor.
final class WakePlants {

  private WakePlants() {}

  static List<Plant> all() {
    return List.of(
        plant(
            "every write wakes its run",
            "a_write_that_keeps_the_time_leaves_it",
            waking(w -> w instanceof Wake.Keep ? Wake.NOW : w)),
        plant(
            "a time is never taken away",
            "a_run_that_nobody_is_needed_for_has_no_time",
            waking(w -> w instanceof Wake.Never ? Wake.KEEP : w)),
        plant(
            "a time is kept a second later",
            "waking_at_a_time_keeps_that_time_in_microseconds",
            waking(w -> w instanceof Wake.At(var at) ? new Wake.At(at.plusSeconds(1)) : w)),
        plant(
            "a run without a time cannot be woken",
            "waking_now_sets_a_time_where_there_was_none",
            onlyWhen(head -> head.wakeAt() != null)),
        plant(
            "a later time is not brought forward",
            "waking_now_brings_a_later_time_forward",
            onlyWhen(head -> head.wakeAt() == null)),
        plant(
            "a pause is half as long",
            "waking_after_a_pause_counts_from_this_write_whatever_was_set_before",
            waking(w -> w instanceof Wake.After(var p) ? new Wake.After(p.dividedBy(2)) : w)),
        plant(
            "a run that starts is not due",
            "a_run_that_starts_due_is_due_at_its_creation",
            writing(w -> LogPlants.fresh(w) ? w.with(Wake.NEVER) : w)),
        plant("what arrives cuts a pause short", "nobody_takes_a_run_in_a_pause", RestlessLog::new),
        plant("a refused write wakes its run", "a_refused_write_wakes_nobody", LoudLog::new));
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<EventLog> spoiled) {
    return new Plant(
        bug, LogSuites.Wakes.class, caughtBy, planted -> planted.log = spoiled.apply(planted.log));
  }

  private static UnaryOperator<EventLog> waking(UnaryOperator<Wake> bug) {
    return writing(w -> w.with(bug.apply(w.wake())));
  }

  /// Wakes at once only some of the runs.
  private static UnaryOperator<EventLog> onlyWhen(Predicate<RunHead> wakes) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          Appended write(Append write) {
            boolean sleeps =
                write.wake() instanceof Wake.Now
                    && honest.head(write.runId()).filter(wakes.negate()).isPresent();
            return honest.append(sleeps ? write.with(Wake.KEEP) : write);
          }
        };
  }

  private static Append waking(Append write, Wake wake) {
    return Append.of(write.runId(), Precondition.NONE, List.of()).with(wake);
  }

  /// Takes a pause for a time of day.
  private static final class RestlessLog extends SpoiledLog {
    RestlessLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      if (!(write.wake() instanceof Wake.After(var pause))) {
        return honest.append(write);
      }
      Appended outcome = honest.append(write.with(Wake.NEVER));
      if (outcome instanceof Written written) {
        honest.append(waking(write, new Wake.At(written.at().plus(pause))));
      }
      return outcome;
    }
  }

  private static final class LoudLog extends SpoiledLog {
    LoudLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      Appended outcome = honest.append(write);
      if (outcome instanceof Refused) {
        honest.append(waking(write, write.wake()));
      }
      return outcome;
    }
  }
}
