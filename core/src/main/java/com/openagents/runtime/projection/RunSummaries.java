package com.openagents.runtime.projection;

import static com.openagents.runtime.run.SavedFields.number;
import static com.openagents.runtime.run.SavedFields.text;
import static com.openagents.runtime.run.SavedFields.textIfAny;
import static com.openagents.runtime.run.SavedFields.time;
import static com.openagents.runtime.run.SavedFields.timeIfAny;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Run.Absent;
import com.openagents.runtime.run.Run.Ended;
import com.openagents.runtime.run.Run.Waiting;
import com.openagents.runtime.run.RunRules;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `run_summary`: one document for each run.
public final class RunSummaries implements RunProjection<RunSummary> {

  public static final RunSummaries INSTANCE = new RunSummaries();

  private static final ProjectionId ID = new ProjectionId("run_summary", 1);

  private static final Set<EventType> LIFE =
      EnumSet.range(EventType.RUN_CREATED, EventType.RUN_CHILD_ENDED);

  private RunSummaries() {}

  @Override
  public ProjectionId id() {
    return ID;
  }

  @Override
  public RunSummary first(RunSubject subject) {
    return new RunSummary(new Absent(), 0, "", subject.createdAt(), null, null);
  }

  @Override
  public boolean reads(EventType type) {
    return LIFE.contains(type);
  }

  @Override
  public RunSummary apply(RunSummary state, Envelope envelope) {
    boolean life = envelope.event() instanceof RunEvent;
    Run run =
        envelope.event() instanceof RunEvent event
            ? RunRules.evolve(state.run(), event)
            : state.run();
    return new RunSummary(
        run,
        envelope.seq(),
        envelope.event().type(),
        envelope.occurredAt(),
        life ? reason(state.reason(), (RunEvent) envelope.event()) : state.reason(),
        run.ended() && !state.run().ended() ? envelope.occurredAt() : state.terminalAt());
  }

  @Override
  public RunSummary note(RunSummary state, long seq, String type, Instant at) {
    return pass(state, seq, type, at);
  }

  @Override
  public RunSummary pass(RunSummary state, long seq, String type, Instant at) {
    return new RunSummary(state.run(), seq, type, at, state.reason(), state.terminalAt());
  }

  private static @Nullable String reason(@Nullable String said, RunEvent event) {
    return switch (event) {
      case RunCancelRequested(var reason, _) -> reason;
      case RunFailed(_, var message) -> message;
      case RunCanceled(_, var reason) -> reason == null ? said : reason;
      case RunForked _ -> null;
      default -> said;
    };
  }

  @Override
  public void write(RunSummary state, Json.Builder body) {
    body.put("status", state.status())
        .put("latestSeq", state.latestSeq())
        .put("eventCount", state.latestSeq())
        .put("latestEventType", state.latestEventType())
        .put("latestEventAt", state.latestEventAt());
    switch (state.run()) {
      case Waiting(WaitingFor what, var until) ->
          body.put("waitingFor", what.wireName()).put("waitUntil", until);
      case Ended(_, ReasonClass why) ->
          body.put("terminalReasonClass", why == null ? null : why.wireName())
              .put("terminalReason", state.reason())
              .put("terminalAt", state.terminalAt());
      default -> {}
    }
    if (!state.run().ended()) {
      body.put("cancelReason", state.reason());
    }
  }

  @Override
  public RunSummary read(Json.Obj body) {
    Run run =
        Run.ofColumns(
            text(body, "status"),
            textIfAny(body, "waitingFor"),
            timeIfAny(body, "waitUntil"),
            textIfAny(body, "terminalReasonClass"));
    return new RunSummary(
        run,
        number(body, "latestSeq"),
        text(body, "latestEventType"),
        time(body, "latestEventAt"),
        textIfAny(body, run.ended() ? "terminalReason" : "cancelReason"),
        timeIfAny(body, "terminalAt"));
  }
}
