package com.openagents.runtime.intake;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.run.RunVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Starts runs and takes what is sent to them. Every write is idempotent. Thread-safe; every method
/// may throw [com.openagents.runtime.log.StoreUnavailable].
public final class Runs {

  private final EventLog log;
  private final AgentPrograms programs;
  private final Specs specs;

  public Runs(EventLog log, AgentPrograms programs) {
    this.log = log;
    this.programs = programs;
    this.specs = new Specs(log);
  }

  public Taken start(StartRun request) {
    RunSpec spec = request.spec();
    if (programs.continuing(spec.agent()).isEmpty()) {
      return refused(Taken.Why.UNKNOWN_AGENT);
    }
    List<Event.Known> events = new ArrayList<>();
    events.add(new RunCreated(spec, request.content()));
    Append append = Append.of(request.runId(), Precondition.FRESH.ownedBy(spec.owner()), events);
    NewFrame first = request.firstFrame();
    if (first != null) {
      if (!understood(first.type(), spec)) {
        return refused(Taken.Why.UNKNOWN_FRAME_TYPE);
      }
      events.add(first.event());
      append = Append.of(request.runId(), append.precondition(), events).with(first.key());
    }
    Taken taken =
        taken(
            log.append(
                append
                    .with(new Columns(new Run.Created(), 0))
                    .with(Wake.NOW)
                    .tracedBy(request.traceId())));
    if (taken instanceof Taken.Accepted) {
      specs.remember(request.runId(), spec);
    }
    return taken;
  }

  public Taken frame(RunId runId, NewFrame frame, Sender sender, @Nullable TraceId traceId) {
    Optional<FrameType> type = FrameType.named(frame.type());
    if (type.isEmpty() || type.get() == FrameType.USER_MESSAGE) {
      return specs
          .of(runId)
          .map(spec -> specified(runId, frame, sender, spec, traceId))
          .orElse(refused(Taken.Why.NOT_FOUND));
    }
    return switch (type.get()) {
      case TICK -> refused(Taken.Why.FORBIDDEN);
      case CANCEL -> cancel(runId, reason(frame), sender, frame, traceId);
      default -> take(runId, frame, sender, Precondition.OPEN, traceId);
    };
  }

  private Taken specified(
      RunId runId, NewFrame frame, Sender sender, RunSpec spec, @Nullable TraceId traceId) {
    if (!understood(frame.type(), spec)) {
      return refused(Taken.Why.UNKNOWN_FRAME_TYPE);
    }
    return spec.whileBusy() == WhileBusy.REJECT
        ? takeWhenIdle(runId, frame, sender, traceId)
        : take(runId, frame, sender, Precondition.OPEN, traceId);
  }

  private boolean understood(String type, RunSpec spec) {
    return FrameType.named(type).isPresent()
        || programs.continuing(spec.agent()).stream()
            .anyMatch(program -> program.frameTypes().contains(type));
  }

  private Taken takeWhenIdle(
      RunId runId, NewFrame frame, Sender sender, @Nullable TraceId traceId) {
    while (true) {
      RunHead head = log.head(runId).orElse(null);
      if (head == null) {
        return refused(Taken.Why.NOT_FOUND);
      }
      boolean idle = head.columns().run() instanceof Run.Waiting && head.wakeAt() == null;
      long expected = idle ? head.lastSeq() : 0;
      Appended outcome =
          log.append(write(runId, frame, sender, Precondition.OPEN.atSeq(expected), traceId));
      if (!(outcome instanceof Appended.Refused refused
          && refused.why() == Appended.Refusal.MOVED)) {
        return taken(outcome);
      }
      if (!idle) {
        return refused(Taken.Why.BUSY);
      }
    }
  }

  private Taken take(
      RunId runId,
      NewFrame frame,
      Sender sender,
      Precondition precondition,
      @Nullable TraceId traceId) {
    return taken(log.append(write(runId, frame, sender, precondition, traceId)));
  }

  private static Append write(
      RunId runId,
      NewFrame frame,
      Sender sender,
      Precondition precondition,
      @Nullable TraceId traceId) {
    boolean context = FrameType.effectOf(frame.type()) == FrameType.Effect.CONTEXT;
    return Append.of(runId, sender.restrict(precondition), List.of(frame.event()))
        .with(frame.key())
        .with(context ? Wake.KEEP : Wake.NOW)
        .tracedBy(traceId);
  }

  /// Asks a run to stop. A run that nobody executes ends at once.
  ///
  /// Accepted the first time, repeated afterwards and for a run that has ended.
  public Taken cancel(
      RunId runId, @Nullable String reason, Sender sender, @Nullable TraceId traceId) {
    return cancel(runId, reason, sender, null, traceId);
  }

  private Taken cancel(
      RunId runId,
      @Nullable String reason,
      Sender sender,
      @Nullable NewFrame frame,
      @Nullable TraceId traceId) {
    while (true) {
      RunHead head = log.head(runId).filter(sender::sees).orElse(null);
      if (head == null) {
        return refused(Taken.Why.NOT_FOUND);
      }
      Optional<Append> write = cancellation(head, reason, sender, frame);
      if (write.isEmpty()) {
        return new Taken.Repeated(head.lastSeq());
      }
      Appended outcome = log.append(write.get().tracedBy(traceId));
      if (!(outcome instanceof Appended.Refused refused
          && refused.why() == Appended.Refusal.MOVED)) {
        return taken(outcome);
      }
    }
  }

  /// The write that cancels, or empty when a cancel was requested before or the run has ended.
  private static Optional<Append> cancellation(
      RunHead head, @Nullable String reason, Sender sender, @Nullable NewFrame frame) {
    Run run = head.columns().run();
    RunVerdict verdict = RunRules.decide(run, new RunCommand.RequestCancel(reason, sender.role()));
    if (frame == null && !(verdict instanceof RunVerdict.Accepted)) {
      return Optional.empty();
    }
    List<Event.Known> events = new ArrayList<>();
    if (frame != null) {
      events.add(frame.event());
    }
    Cancellation.add(head, verdict, events);
    Append append =
        Append.of(head.runId(), sender.restrict(Precondition.OPEN.atSeq(head.lastSeq())), events);
    append = frame == null ? append : append.with(frame.key());
    return Optional.of(Cancellation.settle(head, append));
  }

  private static @Nullable String reason(NewFrame frame) {
    return frame.payload().get("reason") instanceof Json.Str(var text) ? text : null;
  }

  private static Taken taken(Appended outcome) {
    return switch (outcome) {
      case Appended.Written written -> new Taken.Accepted(written.lastSeq());
      case Appended.Duplicate duplicate -> new Taken.Repeated(duplicate.lastSeq());
      case Appended.Refused(var why, _, _) ->
          switch (why) {
            case UNKNOWN_RUN, FOREIGN -> refused(Taken.Why.NOT_FOUND);
            case CONFLICT -> refused(Taken.Why.CONFLICT);
            case ENDED -> refused(Taken.Why.ENDED);
            case FENCED, MOVED, HELD, NOT_HELD ->
                throw new IllegalStateException("intake never asks for what was refused: " + why);
          };
    };
  }

  private static Taken refused(Taken.Why why) {
    return new Taken.Refused(why);
  }
}
