package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Random places in the life of a run, and what may be wanted of it there; and all places, as they
/// are few. Not thread-safe.
public final class Lives {

  private static final List<EventType> OF_RUNS =
      Stream.of(EventType.values()).filter(type -> type.wireName().startsWith("run.")).toList();

  private final Values some;
  private final Events events;

  public Lives(RandomGenerator random) {
    some = new Values(random);
    events = new Events(random);
  }

  /// Every place in the life of a run.
  ///
  /// @param until when waits end that do so by themselves
  public static List<Run> every(Instant until) {
    List<Run> runs =
        new ArrayList<>(
            List.of(new Run.Absent(), new Run.Created(), new Run.Running(), new Run.Canceling()));
    for (WaitingFor what : WaitingFor.values()) {
      runs.add(new Run.Waiting(what, null));
      runs.add(new Run.Waiting(what, until));
    }
    runs.add(new Run.Ended(Run.Outcome.COMPLETED, null));
    for (ReasonClass why : ReasonClass.values()) {
      runs.add(new Run.Ended(Run.Outcome.FAILED, why));
      runs.add(new Run.Ended(Run.Outcome.CANCELED, why));
    }
    return runs;
  }

  public Run run() {
    return some.oneOf(every(some.time()));
  }

  public RunCommand command() {
    return switch (some.below(8)) {
      case 0 -> new RunCommand.Create(events.spec(), some.digest());
      case 1 -> new RunCommand.Begin(some.node(), some.oneOf(Cause.class));
      case 2 -> new RunCommand.Wait(some.oneOf(WaitingFor.class), some.orNull(some::time));
      case 3 -> new RunCommand.RequestCancel(some.orNull(some::text), "owner");
      case 4 -> new RunCommand.Complete();
      case 5 -> new RunCommand.Fail(some.oneOf(ReasonClass.class), some.text());
      case 6 -> new RunCommand.Cancel(some.oneOf(ReasonClass.class), some.orNull(some::text));
      default ->
          new RunCommand.LoseExecutor(some.node(), some.number(), some.count(), some.number());
    };
  }

  public RunVerdict verdict() {
    return switch (some.below(3)) {
      case 0 -> new RunVerdict.Accepted((RunEvent) events.of(some.oneOf(OF_RUNS)));
      case 1 -> new RunVerdict.AlreadyDone();
      default -> new RunVerdict.Refused(some.oneOf(RunVerdict.Refusal.class));
    };
  }
}
