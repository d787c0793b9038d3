package com.openagents.runtime.http.run;

import static com.openagents.runtime.http.exchange.ProblemCode.CONFLICT;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_FOUND;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Answer.JsonAnswer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.http.stream.StartedStreams;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.StartRun;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The calls that start and cancel runs.
public final class ChangingRuns {

  private static final Schema STARTED =
      Schema.object("StartRunResponse")
          .field("runId", Schema.UUID)
          .field("status", Schema.words(List.of("accepted")))
          .field("lastSeq", Schema.COUNT)
          .field("idempotentReplay", Schema.FLAG)
          .closed();

  private static final Schema CANCELED =
      Schema.object("CancelRunResponse")
          .field("runId", Schema.UUID)
          .field("status", Snapshots.STATUS)
          .field("lastSeq", Schema.COUNT)
          .field("cancelRequested", Schema.FLAG)
          .field("idempotentReplay", Schema.FLAG)
          .closed();

  private final Runs runs;
  private final Starting starting;
  private final Admission admission;
  private final StartedStreams streams;
  private final AuditedActs acts;

  /// @param defaultAgent the agent of runs that name none
  public ChangingRuns(
      Runs runs,
      RunReads reads,
      AgentPrograms programs,
      String defaultAgent,
      Admission admission,
      Audit audit,
      StartedStreams streams) {
    this.runs = runs;
    this.starting = new Starting(programs, defaultAgent);
    this.admission = admission;
    this.streams = streams;
    this.acts = new AuditedActs(reads, audit);
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            Method.POST,
            "/internal/v1/runs",
            Guard.PRINCIPAL,
            new Contract(
                "startRun",
                "Start a run. Idempotent by runId. Accept: text/event-stream has its stream.",
                StartedStreams.PARAMETERS,
                new JsonBody(StartRunRequest.class, true),
                List.of(
                    Reply.json(202, "Accepted.", STARTED),
                    Reply.json(200, "The same was accepted before.", STARTED),
                    StartedStreams.REPLY),
                Set.of(NOT_FOUND, CONFLICT)),
            this::start),
        new Route(
            Method.POST,
            "/internal/v1/runs/{runId}/cancel",
            Guard.OWNER,
            new Contract(
                "cancelRun",
                "Ask a run to stop.",
                List.of(Parameter.RUN_ID),
                new JsonBody(CancelRunRequest.class, false),
                List.of(
                    Reply.json(202, "Requested.", CANCELED),
                    Reply.json(200, "Requested before, or the run has ended.", CANCELED)),
                Set.of(NOT_FOUND)),
            this::cancel));
  }

  private Answer start(Exchange exchange) {
    StartRun request = request(exchange);
    if (exchange.prefersEvents()) {
      return streams.answer(exchange, request.runId(), () -> begin(request).repeated());
    }
    StartedStreams.refuseParameters(exchange.query());
    Begun begun = begin(request);
    return new JsonAnswer(
        begun.repeated() ? 200 : 202,
        Json.object()
            .put("runId", request.runId().toString())
            .put("lastSeq", begun.lastSeq())
            .put("status", "accepted")
            .put("idempotentReplay", begun.repeated())
            .build());
  }

  private StartRun request(Exchange exchange) {
    StartRunRequest body = exchange.body(StartRunRequest.class);
    Principal owner = exchange.principal();
    ownedBy(owner, body);
    if (body.firstFrame() != null) {
      SubmitFrameRequest first = body.firstFrame();
      FramePayloads.check(first.type(), first.payload(), "/firstFrame/payload");
    }
    StartRun request = starting.request(body, owner, exchange.trace().traceId());
    if (!exchange.caller().mayConcern(request.runId(), request.spec().threadId())) {
      throw new Problem(ProblemCode.FORBIDDEN, "The signature was made for another run or thread.");
    }
    return request;
  }

  /// @param repeated whether the same was accepted before
  private record Begun(long lastSeq, boolean repeated) {}

  private Begun begin(StartRun request) {
    admission
        .pauseBeforeStart()
        .ifPresent(pause -> {
          throw new Problem(ProblemCode.OVERLOADED, "The node takes no more runs: try later.")
              .retryAfter(pause);
        });
    return switch (runs.start(request)) {
      case Taken.Accepted(long lastSeq) -> new Begun(lastSeq, false);
      case Taken.Repeated(long lastSeq) -> new Begun(lastSeq, true);
      case Taken.Refused(Taken.Why why) -> throw Refusals.of(why, "/firstFrame");
    };
  }

  private static void ownedBy(Principal owner, StartRunRequest body) {
    if (body.userId() == null && body.guestScope() == null) {
      throw Problem.at(
          ProblemCode.INVALID_REQUEST, "/userId", "or guestScope is missing: the principal's");
    }
    boolean another =
        switch (owner) {
          case Principal.User(long id) ->
              body.guestScope() != null || (body.userId() != null && body.userId() != id);
          case Principal.Guest(String scope) ->
              body.userId() != null
                  || (body.guestScope() != null && !body.guestScope().equals(scope));
        };
    if (another) {
      throw new Problem(
          ProblemCode.FORBIDDEN, "userId or guestScope is not the principal that calls.");
    }
  }

  private Answer cancel(Exchange exchange) {
    RunId runId = exchange.runId();
    CancelRunRequest body = exchange.bodyIfAny(CancelRunRequest.class);
    String reason = body == null ? null : body.reason();
    Optional<String> before = acts.before(exchange);
    Taken taken = runs.cancel(runId, reason, exchange.sender(), exchange.trace().traceId());
    if (taken instanceof Taken.Refused(Taken.Why why)) {
      throw Refusals.of(why, "");
    }
    acts.record(exchange, "run.cancel", reason, before);
    boolean first = taken instanceof Taken.Accepted;
    RunHead head = acts.head(exchange);
    return new JsonAnswer(
        first ? 202 : 200,
        Json.object()
            .put("runId", runId.toString())
            .put("status", head.columns().run().status())
            .put("lastSeq", head.lastSeq())
            .put("cancelRequested", true)
            .put("idempotentReplay", !first)
            .build());
  }
}
