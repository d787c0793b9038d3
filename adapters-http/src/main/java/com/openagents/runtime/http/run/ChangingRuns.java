package com.openagents.runtime.http.run;

import static com.openagents.runtime.http.exchange.ProblemCode.CONFLICT;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_FOUND;
import static com.openagents.runtime.http.exchange.ProblemCode.RATE_LIMITED;

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
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.StartRun;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.FrameType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The calls that change runs.
public final class ChangingRuns {

  private static final Schema STARTED =
      Schema.object("StartRunResponse")
          .field("runId", Schema.UUID)
          .field("status", Schema.words(List.of("accepted")))
          .field("lastSeq", Schema.COUNT)
          .field("idempotentReplay", Schema.FLAG)
          .closed();

  private static final Schema TAKEN =
      Schema.object("SubmitFrameResponse")
          .field("runId", Schema.UUID)
          .field("frameId", Schema.TEXT)
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
  private final RunReads reads;
  private final Starting starting;
  private final Admission admission;
  private final Audit audit;

  /// @param defaultAgent the agent of runs that name none
  public ChangingRuns(
      Runs runs,
      RunReads reads,
      AgentPrograms programs,
      String defaultAgent,
      Admission admission,
      Audit audit) {
    this.runs = runs;
    this.reads = reads;
    this.starting = new Starting(programs, defaultAgent);
    this.admission = admission;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            Method.POST,
            "/internal/v1/runs",
            Guard.PRINCIPAL,
            new Contract(
                "startRun",
                "Start a run. Idempotent by runId.",
                List.of(),
                new JsonBody(StartRunRequest.class, true),
                List.of(
                    Reply.json(202, "Accepted.", STARTED),
                    Reply.json(200, "The same was accepted before.", STARTED)),
                Set.of(NOT_FOUND, CONFLICT)),
            this::start),
        new Route(
            Method.POST,
            "/internal/v1/runs/{runId}/frames",
            Guard.OWNER,
            new Contract(
                "appendFrame",
                "Send a frame to a run. Idempotent by frameId.",
                List.of(Parameter.RUN_ID),
                new JsonBody(SubmitFrameRequest.class, true),
                List.of(
                    Reply.json(202, "Accepted.", TAKEN),
                    Reply.json(200, "The same was accepted before.", TAKEN)),
                Set.of(NOT_FOUND, CONFLICT, RATE_LIMITED)),
            this::frame),
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
    admission
        .pauseBeforeStart()
        .ifPresent(pause -> {
          throw new Problem(ProblemCode.OVERLOADED, "The node takes no more runs: try later.")
              .retryAfter(pause);
        });
    return answer(
        runs.start(request),
        "/firstFrame",
        lastSeq -> Json.object().put("runId", request.runId().toString()).put("lastSeq", lastSeq));
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

  private Answer frame(Exchange exchange) {
    RunId runId = exchange.runId();
    SubmitFrameRequest body = exchange.body(SubmitFrameRequest.class);
    FramePayloads.check(body.type(), body.payload(), "/payload");
    NewFrame frame = body.frame();
    if (!FrameType.effectOf(body.type()).urgent()) {
      admission
          .pauseBeforeFrame()
          .ifPresent(pause -> {
            throw new Problem(RATE_LIMITED, "Too many frames wait on the node: try later.")
                .retryAfter(pause);
          });
    }
    Optional<String> before = statusForAudit(exchange);
    Taken taken = runs.frame(runId, frame, exchange.sender(), exchange.trace().traceId());
    if (!(taken instanceof Taken.Refused)) {
      record(exchange, "run.frame", frame.type(), before);
    }
    return answer(
        taken,
        "",
        lastSeq ->
            Json.object()
                .put("runId", runId.toString())
                .put("frameId", frame.frameId().value())
                .put("lastSeq", lastSeq));
  }

  private static Answer answer(Taken taken, String frameAt, Function<Long, Json.Builder> fields) {
    return switch (taken) {
      case Taken.Accepted(long lastSeq) -> accepted(202, fields.apply(lastSeq));
      case Taken.Repeated(long lastSeq) -> accepted(200, fields.apply(lastSeq));
      case Taken.Refused(Taken.Why why) -> throw Refusals.of(why, frameAt);
    };
  }

  private static Answer accepted(int status, Json.Builder fields) {
    return new JsonAnswer(
        status, fields.put("status", "accepted").put("idempotentReplay", status == 200).build());
  }

  private Answer cancel(Exchange exchange) {
    RunId runId = exchange.runId();
    CancelRunRequest body = exchange.bodyIfAny(CancelRunRequest.class);
    String reason = body == null ? null : body.reason();
    Optional<String> before = statusForAudit(exchange);
    Taken taken = runs.cancel(runId, reason, exchange.sender(), exchange.trace().traceId());
    if (taken instanceof Taken.Refused(Taken.Why why)) {
      throw Refusals.of(why, "");
    }
    record(exchange, "run.cancel", reason, before);
    boolean first = taken instanceof Taken.Accepted;
    RunHead head = head(exchange);
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

  private RunHead head(Exchange exchange) {
    return reads.head(exchange.runId(), exchange.sender()).orElseThrow(Problem::notFound);
  }

  private String status(Exchange exchange) {
    return head(exchange).columns().run().status();
  }

  /// What a run's status was before an operator's act; the acts of others leave no trace but the
  /// log's.
  private Optional<String> statusForAudit(Exchange exchange) {
    return exchange.caller().isOperator() ? Optional.of(status(exchange)) : Optional.empty();
  }

  /// Leaves a trace of what an operator did, also of a repetition: its first answer may have been
  /// lost, and the trace with it.
  private void record(
      Exchange exchange, String action, @Nullable String reason, Optional<String> before) {
    before.ifPresent(status ->
        audit.record(
            new Audit.Entry(
                exchange.caller().actor(),
                action,
                exchange.runId().toString(),
                reason,
                state(status),
                state(status(exchange)))));
  }

  private static Json state(String status) {
    return Json.object().put("status", status).build();
  }
}
