package com.openagents.runtime.intake;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.intake.Taken.Why;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.ClaimCheck;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.FrameType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the frames of one call in their order, in as few writes as may be.
///
/// Those that need no look at the run are written together. A frame that is refused before it is
/// written keeps out those behind it, so that none overtakes it when it is sent again. Large
/// content is kept beside the log only for a run that can take it.
final class Frames {

  /// What a frame is refused for only when it is written, with no matter what comes behind it.
  private static final Set<Why> LATER = EnumSet.of(Why.CONFLICT, Why.ENDED);

  private final EventLog log;
  private final AgentPrograms programs;
  private final ClaimCheck claims;
  private final Cancellation cancellation;
  private final Admission admission;
  private final @Nullable Backlog backlog;

  Frames(
      EventLog log,
      AgentPrograms programs,
      ClaimCheck claims,
      Cancellation cancellation,
      @Nullable Backlog backlog) {
    this.log = log;
    this.programs = programs;
    this.claims = claims;
    this.cancellation = cancellation;
    this.admission = new Admission(log);
    this.backlog = backlog;
  }

  List<Taken> take(
      RunId runId, RunSpec spec, List<NewFrame> frames, Sender sender, @Nullable TraceId traceId) {
    Call call = new Call(runId, spec, sender, traceId);
    for (NewFrame frame : frames) {
      call.take(frame);
    }
    return call.answers();
  }

  /// Why a run does not take a frame from its sender, whatever the log says.
  Optional<Why> barred(NewFrame frame, RunSpec spec, Sender sender) {
    if (!understood(frame.type(), spec)) {
      return Optional.of(Why.UNKNOWN_FRAME_TYPE);
    }
    return sender.maySend(FrameType.named(frame.type()), spec.owner())
        ? Optional.empty()
        : Optional.of(Why.FORBIDDEN);
  }

  private boolean understood(String type, RunSpec spec) {
    return FrameType.named(type).isPresent()
        || programs.continuing(spec.agent()).stream()
            .anyMatch(program -> program.frameTypes().contains(type));
  }

  /// The frames of one call as they are taken. Not thread-safe.
  private final class Call {
    private final RunId runId;
    private final RunSpec spec;
    private final Sender sender;
    private final @Nullable TraceId traceId;
    private final List<Append> together = new ArrayList<>();
    private final List<Taken> answers = new ArrayList<>();
    private boolean stopped;

    private Call(RunId runId, RunSpec spec, Sender sender, @Nullable TraceId traceId) {
      this.runId = runId;
      this.spec = spec;
      this.sender = sender;
      this.traceId = traceId;
    }

    private void take(NewFrame frame) {
      if (stopped) {
        answers.add(new Taken.Refused(Why.BEHIND_REFUSED));
        return;
      }
      Optional<Why> barred = barred(frame, spec, sender);
      if (barred.isPresent()) {
        flush();
        settle(new Taken.Refused(barred.get()));
        return;
      }
      Append write = acceptance(frame);
      if (backlog != null && backlog.isAboutToLook(runId, FrameType.effectOf(frame.type()))) {
        flush();
      }
      Optional<FrameType> type = FrameType.named(frame.type());
      if (type.filter(FrameType.CANCEL::equals).isPresent()) {
        flush();
        settle(cancellation.request(deposited(write), reason(frame), sender));
      } else if (backlog != null && !backlog.hasRoom(runId, FrameType.effectOf(frame.type()))) {
        flush();
        settle(admission.whenFull(write));
      } else if (type.filter(FrameType.USER_MESSAGE::equals).isPresent()
          && spec.whileBusy() == WhileBusy.REJECT) {
        flush();
        settle(admission.whenIdle(write, claims::deposit));
      } else {
        together.add(deposited(write));
      }
    }

    private Append deposited(Append write) {
      return claims.deposit(write, this::goesOn);
    }

    private boolean goesOn() {
      return log.head(runId).filter(head -> !head.columns().run().ended()).isPresent();
    }

    private Append acceptance(NewFrame frame) {
      FrameAccepted event = frame.event();
      boolean context = FrameType.effectOf(frame.type()) == FrameType.Effect.CONTEXT;
      return Append.of(runId, sender.restrict(Precondition.OPEN), List.of(event))
          .with(NewFrame.key(event))
          .with(context ? Wake.KEEP : Wake.NOW)
          .tracedBy(traceId);
    }

    private void settle(Taken taken) {
      answers.add(taken);
      stopped = taken instanceof Taken.Refused(Why why) && !LATER.contains(why);
    }

    private void flush() {
      if (!together.isEmpty()) {
        log.append(together).stream().map(Taken::of).forEach(answers::add);
        together.clear();
      }
    }

    private List<Taken> answers() {
      flush();
      return answers;
    }
  }

  private static @Nullable String reason(NewFrame frame) {
    return frame.payload().get("reason") instanceof Json.Str(var text) ? text : null;
  }
}
