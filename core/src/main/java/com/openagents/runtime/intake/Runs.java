package com.openagents.runtime.intake;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.log.ClaimCheck;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Starts runs and takes what is sent to them. Every write is idempotent. Thread-safe; every method
/// may throw [com.openagents.runtime.log.StoreUnavailable].
public final class Runs {

  private final EventLog log;
  private final AgentPrograms programs;
  private final ClaimCheck claims;
  private final Specs specs;
  private final Cancellation cancellation;
  private final Admission admission;
  private final @Nullable Backlog backlog;
  private final Starter starter;

  /// With no bound on the frames that wait.
  public Runs(EventLog log, AgentPrograms programs, Blobs blobs, Starter starter) {
    this(log, programs, blobs, starter, null);
  }

  /// @param backlog bounds the frames that wait in a run, or null for no bound
  public Runs(
      EventLog log,
      AgentPrograms programs,
      Blobs blobs,
      Starter starter,
      @Nullable Backlog backlog) {
    this.log = log;
    this.starter = starter;
    this.backlog = backlog;
    this.programs = programs;
    this.claims = new ClaimCheck(blobs);
    this.specs = new Specs(log);
    this.cancellation = new Cancellation(log);
    this.admission = new Admission(log);
  }

  public Taken start(StartRun request) {
    RunSpec spec = request.spec();
    if (programs.continuing(spec.agent()).isEmpty()) {
      return new Taken.Refused(Taken.Why.UNKNOWN_AGENT);
    }
    NewFrame first = request.firstFrame();
    Optional<Taken.Why> barred =
        first == null ? Optional.empty() : barred(first, spec, Sender.owner(spec.owner()));
    if (barred.isPresent()) {
      return new Taken.Refused(barred.get());
    }
    Taken taken =
        Taken.of(
            starter.start(creation(request, first), write -> log.append(claims.deposit(write))));
    if (taken instanceof Taken.Accepted) {
      specs.remember(request.runId(), spec);
    }
    return taken;
  }

  private static Append creation(StartRun request, @Nullable NewFrame first) {
    List<Event.Known> events = new ArrayList<>();
    events.add(new RunCreated(request.spec(), request.content()));
    FrameAccepted frame = first == null ? null : first.event();
    if (frame != null) {
      events.add(frame);
    }
    Append creation =
        Append.of(request.runId(), Precondition.FRESH.ownedBy(request.spec().owner()), events)
            .with(new Columns(new Run.Created(), 0))
            .with(Wake.NOW)
            .tracedBy(request.traceId());
    return frame == null ? creation : creation.with(NewFrame.key(frame));
  }

  /// Takes a frame for its run.
  public Taken frame(RunId runId, NewFrame frame, Sender sender, @Nullable TraceId traceId) {
    Optional<RunSpec> spec = specs.of(runId).filter(s -> sender.sees(s.owner()));
    if (spec.isEmpty()) {
      return new Taken.Refused(Taken.Why.NOT_FOUND);
    }
    Optional<Taken.Why> barred = barred(frame, spec.get(), sender);
    if (barred.isPresent()) {
      return new Taken.Refused(barred.get());
    }
    Optional<FrameType> type = FrameType.named(frame.type());
    Append write = claims.deposit(acceptance(runId, frame, sender, traceId));
    if (type.filter(FrameType.CANCEL::equals).isPresent()) {
      return cancellation.request(write, reason(frame), sender);
    }
    if (backlog != null && !backlog.hasRoom(runId, FrameType.effectOf(frame.type()))) {
      return admission.whenFull(write);
    }
    return type.filter(FrameType.USER_MESSAGE::equals).isPresent()
            && spec.get().whileBusy() == WhileBusy.REJECT
        ? admission.whenIdle(write)
        : Taken.of(log.append(write));
  }

  private static Append acceptance(
      RunId runId, NewFrame frame, Sender sender, @Nullable TraceId traceId) {
    FrameAccepted event = frame.event();
    boolean context = FrameType.effectOf(frame.type()) == FrameType.Effect.CONTEXT;
    return Append.of(runId, sender.restrict(Precondition.OPEN), List.of(event))
        .with(NewFrame.key(event))
        .with(context ? Wake.KEEP : Wake.NOW)
        .tracedBy(traceId);
  }

  /// Why a run does not take a frame from its sender, whatever the log says.
  private Optional<Taken.Why> barred(NewFrame frame, RunSpec spec, Sender sender) {
    if (!understood(frame.type(), spec)) {
      return Optional.of(Taken.Why.UNKNOWN_FRAME_TYPE);
    }
    return sender.maySend(FrameType.named(frame.type()), spec.owner())
        ? Optional.empty()
        : Optional.of(Taken.Why.FORBIDDEN);
  }

  private boolean understood(String type, RunSpec spec) {
    return FrameType.named(type).isPresent()
        || programs.continuing(spec.agent()).stream()
            .anyMatch(program -> program.frameTypes().contains(type));
  }

  private static @Nullable String reason(NewFrame frame) {
    return frame.payload().get("reason") instanceof Json.Str(var text) ? text : null;
  }

  /// Asks a run to stop. A run that nobody executes ends at once.
  ///
  /// Accepted the first time, repeated afterwards and for a run that has ended.
  public Taken cancel(
      RunId runId, @Nullable String reason, Sender sender, @Nullable TraceId traceId) {
    Append write =
        Append.of(runId, sender.restrict(Precondition.OPEN), List.of()).tracedBy(traceId);
    return cancellation.request(write, reason, sender);
  }
}
