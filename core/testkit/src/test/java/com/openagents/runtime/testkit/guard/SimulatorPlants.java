package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.LogPlants.under;
import static com.openagents.runtime.testkit.guard.SpoiledLog.writing;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.simulator.Simulation;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Bugs of what lies between a store and its runs, each of which shows only under the fault for
/// which it is here.
final class SimulatorPlants {

  private SimulatorPlants() {}

  static List<Plant> all() {
    return List.of(
        plant(
            "a delta is taken wherever the log ends",
            writing(w -> has(w, MessageDelta.class) && w.columns() == null ? anywhere(w) : w)),
        plant("a lease runs out by the latest time that was ever seen", LatestTimeLog::new),
        plant(
            "what a draining node gives back is not due",
            writing(w ->
                w.lease() instanceof LeaseChange.Release && w.wake() instanceof Wake.Now
                    ? w.with(Wake.NEVER)
                    : w)),
        plant(
            "what was heard before an answer broke off is not kept",
            writing(w ->
                has(w, MessageDelta.class) || has(w, RunFailed.class)
                    ? without(w, SimulatorPlants::cutOff)
                    : w)),
        plant(
            "whoever does not answer in time approves",
            writing(w -> changed(w, SimulatorPlants::approved))),
        plant(
            "a wait for an approval never ends by itself",
            writing(w ->
                w.columns() instanceof Columns(Run.Waiting(WaitingFor what, _), _)
                        && what == WaitingFor.APPROVAL
                    ? w.with(Wake.NEVER)
                    : w)),
        plant(
            "a message is taken though its run is busy and rejects it",
            writing(w ->
                has(w, FrameAccepted.class) && w.precondition().atSeq() != null
                    ? under(
                        w,
                        new Precondition(false, null, null, true, w.precondition().owner(), false))
                    : w)),
        plant(
            "an interrupted step is written as done",
            writing(w -> changed(w, SimulatorPlants::finishedWell))));
  }

  private static Plant plant(String bug, UnaryOperator<EventLog> spoiled) {
    return new Plant(
        bug, Simulation.class, "play", planted -> planted.log = spoiled.apply(planted.log));
  }

  private static Append anywhere(Append write) {
    Precondition wanted = write.precondition();
    return under(
        write,
        new Precondition(
            wanted.fresh(), wanted.executorEpoch(), null, wanted.open(), wanted.owner(), false));
  }

  private static boolean has(Append write, Class<?> type) {
    return write.events().stream().anyMatch(type::isInstance);
  }

  private static boolean cutOff(Event event) {
    return event instanceof MessageCompleted message && message.outcome() == Outcome.INTERRUPTED;
  }

  private static Append without(Append write, Predicate<Event> dropped) {
    return write.with(write.events().stream().filter(dropped.negate()).toList());
  }

  private static Append changed(Append write, UnaryOperator<Event.Known> change) {
    return write.with(write.events().stream().map(change).toList());
  }

  private static Event.Known approved(Event.Known event) {
    return event instanceof ToolApprovalResolved(String call, String id, _, String by, var reason)
        ? new ToolApprovalResolved(call, id, true, by, reason)
        : event;
  }

  private static Event.Known finishedWell(Event.Known event) {
    return event instanceof StepFinished(int turn, int step, _)
        ? new StepFinished(turn, step, "done")
        : event;
  }

  /// Lets a lease go once any write was later than its end, though the clock was put back since.
  private static final class LatestTimeLog extends SpoiledLog {
    private Instant latest = Instant.MIN;

    LatestTimeLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      if (write.lease() instanceof LeaseChange.Acquire
          && honest.head(write.runId()).map(RunHead::lease).orElse(null) instanceof Lease.Held held
          && held.expiresAt().isBefore(latest)) {
        honest.append(
            Append.of(write.runId(), Precondition.executor(held.epoch()), List.of())
                .with(LeaseChange.RELEASE));
      }
      Appended outcome = honest.append(write);
      if (outcome instanceof Appended.Written written && written.at().isAfter(latest)) {
        latest = written.at();
      }
      return outcome;
    }
  }
}
