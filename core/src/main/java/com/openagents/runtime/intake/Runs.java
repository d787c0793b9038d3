package com.openagents.runtime.intake;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.intake.Taken.Why;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.log.ClaimCheck;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Starts runs and takes what is sent to them. Every write is idempotent. Thread-safe; every method
/// may throw [com.openagents.runtime.log.StoreUnavailable].
public final class Runs {

  /// How many forks are made at once: each keeps a connection for as long as it copies, and those
  /// who carry out runs need the others.
  public static final int FORKS_MAX = 2;

  private final EventLog log;
  private final AgentPrograms programs;
  private final ClaimCheck claims;
  private final Specs specs;
  private final Cancellation cancellation;
  private final Forking forking;
  private final Frames frames;
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
    this.programs = programs;
    this.claims = new ClaimCheck(blobs);
    this.specs = new Specs(log);
    this.cancellation = new Cancellation(log);
    this.forking = new Forking(log, programs, specs);
    this.frames = new Frames(log, programs, claims, cancellation, backlog);
  }

  public Taken start(StartRun request) {
    RunSpec spec = request.spec();
    if (programs.continuing(spec.agent()).isEmpty()) {
      return new Taken.Refused(Why.UNKNOWN_AGENT);
    }
    NewFrame first = request.firstFrame();
    Optional<Why> barred =
        first == null ? Optional.empty() : frames.barred(first, spec, Sender.owner(spec.owner()));
    if (barred.isPresent()) {
      return new Taken.Refused(barred.get());
    }
    Taken taken =
        Taken.of(
            starter.start(
                creation(request, first),
                write -> log.append(claims.deposit(write, () -> isNew(request.runId())))));
    if (taken instanceof Taken.Accepted) {
      specs.remember(request.runId(), spec);
    }
    return taken;
  }

  private boolean isNew(RunId runId) {
    return log.head(runId).isEmpty();
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
    return frames(runId, List.of(frame), sender, traceId).getFirst();
  }

  /// Takes frames of one run in their order.
  ///
  /// Each is accepted, repeated or refused by itself, as if they were sent one after another. But a
  /// frame that is refused before it is written, for its type, its sender or a run that has no room
  /// for it, keeps out those behind it.
  ///
  /// @return what became of each, in the order of the frames
  public List<Taken> frames(
      RunId runId, List<NewFrame> sent, Sender sender, @Nullable TraceId traceId) {
    return specs
        .of(runId)
        .filter(spec -> sender.sees(spec.owner()))
        .map(spec -> frames.take(runId, spec, sent, sender, traceId))
        .orElseGet(() -> Collections.nCopies(sent.size(), new Taken.Refused(Why.NOT_FOUND)));
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

  /// Begins a run with a copy of the beginning of another. It waits for its first frame; nothing of
  /// the copy goes on.
  ///
  /// A fork from the end of a run, or from behind it, has all but the end.
  public Forked fork(ForkRun request, Sender sender) {
    return forking.fork(request, sender);
  }
}
