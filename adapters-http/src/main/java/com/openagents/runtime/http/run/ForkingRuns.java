package com.openagents.runtime.http.run;

import static com.openagents.runtime.http.exchange.ProblemCode.CONFLICT;
import static com.openagents.runtime.http.exchange.ProblemCode.CURSOR_AHEAD;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_FOUND;
import static com.openagents.runtime.http.exchange.ProblemCode.STALE_CURSOR;
import static com.openagents.runtime.http.exchange.ProblemCode.UNPROCESSABLE;

import com.openagents.runtime.access.Audit;
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
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.intake.ForkRun;
import com.openagents.runtime.intake.Forked;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The call that begins a run with a copy of the beginning of another.
public final class ForkingRuns {

  private static final Schema FORKED =
      Schema.object("ForkRunResponse")
          .field("runId", Schema.UUID)
          .field("status", Schema.words(List.of("accepted")))
          .field("atSeq", Schema.COUNT)
          .field("lastSeq", Schema.COUNT)
          .field("idempotentReplay", Schema.FLAG)
          .closed();

  private static final Duration BACK_SOON = Duration.ofSeconds(2);

  private final Runs runs;
  private final Admission admission;
  private final AuditedActs acts;

  public ForkingRuns(Runs runs, RunReads reads, Admission admission, Audit audit) {
    this.runs = runs;
    this.admission = admission;
    this.acts = new AuditedActs(reads, audit);
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            Method.POST,
            "/internal/v1/runs/{runId}/fork",
            Guard.OWNER,
            new Contract(
                "forkRun",
                "Begin a run with a copy of the beginning of this one. Idempotent by the new"
                    + " runId.",
                List.of(Parameter.RUN_ID),
                new JsonBody(ForkRunRequest.class, true),
                List.of(
                    Reply.json(202, "Accepted. The fork waits for its first frame.", FORKED),
                    Reply.json(200, "The same was accepted before.", FORKED)),
                Set.of(NOT_FOUND, CONFLICT, CURSOR_AHEAD, STALE_CURSOR)),
            this::fork));
  }

  private Answer fork(Exchange exchange) {
    ForkRunRequest body = exchange.body(ForkRunRequest.class);
    RunId fork = RunId.parse(body.runId());
    if (!exchange.caller().mayConcern(fork, new ThreadId(fork.toString()))) {
      throw new Problem(ProblemCode.FORBIDDEN, "The signature was made for another run or thread.");
    }
    admission
        .pauseBeforeStart()
        .ifPresent(pause -> {
          throw new Problem(ProblemCode.OVERLOADED, "The node takes no more runs: try later.")
              .retryAfter(pause);
        });
    Optional<String> before = acts.before(exchange);
    ForkRun request = new ForkRun(exchange.runId(), body.atSeq(), fork, exchange.trace().traceId());
    return switch (runs.fork(request, exchange.sender())) {
      case Forked.Accepted(long atSeq, long lastSeq) -> {
        acts.recordFork(exchange, fork, atSeq, before);
        yield accepted(202, fork, atSeq, lastSeq);
      }
      case Forked.Repeated(long atSeq, long lastSeq) -> {
        acts.recordFork(exchange, fork, atSeq, before);
        yield accepted(200, fork, atSeq, lastSeq);
      }
      case Forked.Ahead(long head) ->
          throw new Problem(
                  CURSOR_AHEAD, "The log ends before atSeq: fork it at its head or before.")
              .with(Json.object().put("head", head).build());
      case Forked.Aged(long floor, long head) ->
          throw new Problem(
                  STALE_CURSOR,
                  "Pieces before atSeq have aged out, so there is no whole copy: fork it before the"
                      + " first of them, or start a run.")
              .with(Json.object().put("floor", floor).put("head", head).build());
      case Forked.TooLong(long most) ->
          throw Problem.at(UNPROCESSABLE, "/atSeq", "at most " + most + " events are copied");
      case Forked.TooLarge(long most) ->
          throw Problem.at(UNPROCESSABLE, "/atSeq", "at most " + most + " bytes are copied");
      case Forked.Busy() ->
          throw new Problem(
                  ProblemCode.OVERLOADED, "The node makes as many forks as it may: try later.")
              .because("forks")
              .retryAfter(BACK_SOON);
      case Forked.Refused(Taken.Why why) -> throw Refusals.of(why, "");
    };
  }

  private static Answer accepted(int status, RunId fork, long atSeq, long lastSeq) {
    return new JsonAnswer(
        status,
        Json.object()
            .put("runId", fork.toString())
            .put("status", "accepted")
            .put("atSeq", atSeq)
            .put("lastSeq", lastSeq)
            .put("idempotentReplay", status == 200)
            .build());
  }
}
