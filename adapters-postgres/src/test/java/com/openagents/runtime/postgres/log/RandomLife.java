package com.openagents.runtime.postgres.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Alarm;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunVerdict.Accepted;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.generate.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A random life of a run, written as senders and executors write.
final class RandomLife {

  private static final Instant FAR = Instant.parse("2040-01-02T03:04:05.678901Z");

  private final EventLog log;
  private final RunId runId;
  private final Values some;
  private int frames;

  private RandomLife(EventLog log, RunId runId, RandomGenerator random) {
    this.log = log;
    this.runId = runId;
    this.some = new Values(random);
  }

  static void live(EventLog log, int number, RandomGenerator random) {
    RandomLife life = new RandomLife(log, Drafts.runId(number), random);
    life.start(number % 5);
    for (int step = life.some.below(25); step > 0 && !life.head().columns().run().ended(); step--) {
      life.step(life.head());
    }
  }

  private RunHead head() {
    return log.head(runId).orElseThrow();
  }

  private void start(int thread) {
    RunSpec like = Drafts.spec(new ThreadId("t-" + thread), new Principal.User(thread + 1));
    RunSpec spec =
        new RunSpec(
            like.threadId(),
            like.owner(),
            like.agent(),
            like.lifecycle(),
            like.whileBusy(),
            like.session(),
            like.toolPolicy(),
            null,
            some.orNull(() -> FAR.plusSeconds(some.below(1_000))),
            null,
            null);
    List<Event.Known> events = new ArrayList<>();
    events.add(new RunCreated(spec, Digest.ofText(runId.toString())));
    FrameAccepted first = frame("user_message");
    Append write = Drafts.start(runId, spec);
    log.append(
        some.chance()
            ? write.with(events)
            : write.with(List.of(events.getFirst(), first)).with(Drafts.key(first)));
  }

  private FrameAccepted frame(String type) {
    Json.Obj payload = Json.object().put("text", "number " + frames).build();
    FrameId id = new FrameId("f-" + frames++);
    return new FrameAccepted(id, type, payload, Digest.of(payload), null, null);
  }

  private void step(RunHead head) {
    switch (some.below(9)) {
      case 0, 1 -> send(frame("user_message"), Wake.NOW);
      case 2 -> send(frame("note"), Wake.KEEP);
      case 3 -> cancel(head);
      default -> execute(head);
    }
  }

  private void send(FrameAccepted frame, Wake wake) {
    log.append(
        Append.of(runId, Precondition.OPEN, List.of(frame)).with(Drafts.key(frame)).with(wake));
  }

  private void cancel(RunHead head) {
    boolean held = head.lease() instanceof Lease.Held;
    if (some.below(3) > 0) {
      return;
    }
    List<RunCommand> commands =
        new ArrayList<>(List.of(new RunCommand.RequestCancel("x", "owner")));
    if (!held) {
      commands.add(new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, null));
    }
    write(Precondition.OPEN, List.of(), commands, held ? LeaseChange.KEEP : LeaseChange.END);
  }

  /// Takes a run that is due, and does something with one that is held.
  private void execute(RunHead head) {
    if (!(head.lease() instanceof Lease.Held held)) {
      if (head.wakeAt() != null && !head.wakeAt().isAfter(head.readAt())) {
        log.append(Drafts.acquire(runId, Drafts.NODE));
      }
      return;
    }
    Precondition executor = Precondition.executor(held.epoch());
    Run run = head.columns().run();
    if (run instanceof Run.Canceling) {
      var end = new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, null);
      write(executor, List.of(), List.of(end), LeaseChange.RELEASE);
    } else if (!(run instanceof Run.Running)) {
      var begin = new RunCommand.Begin(Drafts.NODE, some.oneOf(Cause.class));
      write(executor, List.of(), List.of(begin), new LeaseChange.Extend(Drafts.TTL));
    } else if (some.chance()) {
      write(executor, turn(), List.of(), new LeaseChange.Extend(Drafts.TTL));
    } else {
      write(executor, turn(), List.of(lettingGo(held)), LeaseChange.RELEASE);
    }
  }

  private List<Event.Known> turn() {
    RunState state = RunStates.read(log, runId);
    int turn = state.turn() + 1;
    return List.of(
        new StepStarted(turn, 1, state.lastSeq(), List.of()),
        new MessageStarted("1.1.1.1"),
        new MessageDelta("1.1.1.1", "hello"),
        Drafts.said("hello"),
        new StepFinished(turn, 1, "done"));
  }

  private RunCommand lettingGo(Lease.Held held) {
    return switch (some.below(6)) {
      case 0 -> new RunCommand.Complete();
      case 1 -> new RunCommand.Fail(some.oneOf(ReasonClass.class), "broken");
      case 2 ->
          new RunCommand.LoseExecutor(
              held.owner(), held.epoch(), 1 + some.below(3), some.chance() ? 0 : 3_600_000);
      default ->
          new RunCommand.Wait(
              some.oneOf(WaitingFor.class), some.orNull(() -> FAR.plusSeconds(some.below(99))));
    };
  }

  private void write(
      Precondition precondition,
      List<Event.Known> before,
      List<RunCommand> commands,
      LeaseChange lease) {
    RunState from = RunStates.read(log, runId);
    long head = head().lastSeq();
    List<Event.Known> events = new ArrayList<>(before);
    RunState state = folded(from, before);
    Wake wake = lease instanceof LeaseChange.Release ? Wake.NOW : Wake.KEEP;
    for (RunCommand command : commands) {
      if (RunRules.decide(state.run(), command) instanceof Accepted(var event)) {
        events.add(event);
        state = RunFold.apply(state, state.lastSeq() + 1, event);
        wake = wake(command, state, wake);
      }
    }
    Append append =
        Append.of(runId, precondition.atSeq(head), events)
            .with(new Columns(state.run(), state.recoveries()))
            .with(lease)
            .with(wake);
    if (!(log.append(append) instanceof Written)) {
      throw new AssertionError("refused: " + append);
    }
  }

  private static RunState folded(RunState from, List<Event.Known> events) {
    RunState state = from;
    for (Event event : events) {
      state = RunFold.apply(state, state.lastSeq() + 1, event);
    }
    return state;
  }

  private static Wake wake(RunCommand command, RunState after, Wake otherwise) {
    Instant alarm = Alarm.of(after);
    if (command instanceof RunCommand.LoseExecutor lost) {
      return new Wake.After(Duration.ofMillis(lost.resumeAfterMs()));
    }
    if (after.run().ended()) {
      return Wake.NEVER;
    }
    return switch (after.run()) {
      case Run.Waiting _ -> alarm == null ? Wake.NEVER : new Wake.At(alarm);
      case Run.Canceling _ -> Wake.NOW;
      default -> otherwise;
    };
  }
}
