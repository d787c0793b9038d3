package com.openagents.runtime.http.run;

import static com.openagents.runtime.http.exchange.ProblemCode.CONFLICT;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_FOUND;
import static com.openagents.runtime.http.exchange.ProblemCode.UNPROCESSABLE;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.diagnosis.Diagnoses;
import com.openagents.runtime.diagnosis.Diagnosis;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.intake.RunReads.EventPage;
import com.openagents.runtime.intake.RunReads.RunView;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.seal.HashedPages;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The calls that read runs.
public final class ReadingRuns {

  private static final int EVENTS_MAX = 1_000;
  private static final int RUNS_MAX = 200;

  private static final Schema DIAGNOSIS =
      Schema.object("Diagnosis")
          .field("runId", Schema.UUID)
          .field(
              "cause",
              Schema.words(Stream.of(Diagnosis.Cause.values()).map(ReadingRuns::word).toList()))
          .field("explanation", Schema.TEXT)
          .field("evidence", Schema.FREE)
          .field("nextAction", Schema.TEXT)
          .closed();

  private static final Schema PAGE =
      Schema.object("EventPage")
          .field("events", Schema.listOf(Events.SCHEMA))
          .field("head", Schema.COUNT)
          .field("floor", Schema.COUNT)
          .field("aged", Schema.listOf(Events.AGED))
          .closed();

  private static final Schema LIST =
      Schema.object("RunPage")
          .field("runs", Schema.listOf(Snapshots.SCHEMA))
          .fieldIfAny("next", Schema.TEXT)
          .closed();

  private static final Parameter HASHES =
      Parameter.query(
          "hashes",
          "Whether each event carries its hash in the run's chain; it is then shown as it is"
              + " stored.",
          Schema.FLAG);

  private final RunReads reads;
  private final Diagnoses diagnoses;
  private final Hashing hashing;
  private final Snapshots snapshots;

  public ReadingRuns(RunReads reads, Diagnoses diagnoses, HashedPages hashed, Snapshots snapshots) {
    this.reads = reads;
    this.diagnoses = diagnoses;
    this.hashing = new Hashing(hashed);
    this.snapshots = snapshots;
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            Method.GET,
            "/internal/v1/runs/{runId}",
            Guard.OWNER,
            contract(
                "getRun",
                "Where a run is.",
                List.of(Parameter.RUN_ID),
                Snapshots.SCHEMA,
                NOT_FOUND),
            this::run),
        new Route(
            Method.GET,
            "/internal/v1/runs/{runId}/events",
            Guard.OWNER,
            contract(
                "listEvents",
                "A page of a run's events. It has fewer than the limit when they are large.",
                List.of(
                    Parameter.RUN_ID,
                    Parameter.whole("after", "The last sequence already seen.", 0, Forms.WHOLE_MAX),
                    Parameter.limit(EVENTS_MAX, 100),
                    HASHES),
                PAGE,
                NOT_FOUND,
                CONFLICT,
                UNPROCESSABLE),
            this::events),
        new Route(
            Method.GET,
            "/internal/v1/runs/{runId}/events/{seq}",
            Guard.OWNER,
            contract(
                "getEvent",
                "One event with all of its content, also what pages show as a claim.",
                List.of(Parameter.RUN_ID, Parameter.SEQ),
                Events.SCHEMA,
                NOT_FOUND),
            this::event),
        new Route(
            Method.GET,
            "/internal/v1/runs/{runId}/diagnosis",
            Guard.OWNER,
            contract(
                "diagnoseRun",
                "Why a run is where it is.",
                List.of(Parameter.RUN_ID),
                DIAGNOSIS,
                NOT_FOUND),
            this::diagnosis),
        new Route(
            Method.GET,
            "/internal/v1/runs",
            Guard.OWNER,
            contract(
                "listRuns",
                "Runs, newest first.",
                List.of(
                    Parameter.query("status", "Runs in this status.", Snapshots.STATUS),
                    Parameter.query("threadId", "Runs of this thread.", Schema.TEXT),
                    Parameter.query("agent", "Runs of this agent.", Schema.TEXT),
                    Parameter.query("before", "What the page before gave as next.", Schema.TEXT),
                    Parameter.limit(RUNS_MAX, 50)),
                LIST),
            this::list));
  }

  private static Contract contract(
      String operationId,
      String summary,
      List<Parameter> parameters,
      Schema answer,
      ProblemCode... refusals) {
    return new Contract(
        operationId,
        summary,
        parameters,
        null,
        List.of(Reply.json(200, "As asked.", answer)),
        Set.of(refusals));
  }

  private RunHead head(Exchange exchange) {
    return reads.head(exchange.runId(), exchange.sender()).orElseThrow(Problem::notFound);
  }

  private Answer run(Exchange exchange) {
    RunView view = reads.view(exchange.runId(), exchange.sender()).orElseThrow(Problem::notFound);
    return Answer.ok(snapshots.of(view));
  }

  private Answer events(Exchange exchange) {
    long after = exchange.query().number("after", 0, Forms.WHOLE_MAX, 0);
    int limit = (int) exchange.query().number("limit", 1, EVENTS_MAX, 100);
    EventPage page =
        reads
            .events(exchange.runId(), after, limit, exchange.sender())
            .orElseThrow(Problem::notFound);
    return Answer.ok(
        Json.object()
            .put(
                "events",
                exchange.query().flag("hashes") ? hashed(exchange, after, page) : plain(page))
            .put("head", page.head())
            .put("floor", page.floor())
            .put("aged", Events.aged(page, after))
            .build());
  }

  private Json.Arr hashed(Exchange exchange, long after, EventPage page) {
    return hashing.events(
        exchange.runId(), Math.min(after, page.head()), Math.max(1, page.events().size()));
  }

  private Answer event(Exchange exchange) {
    Envelope event =
        reads
            .event(exchange.runId(), exchange.seq(), exchange.sender())
            .orElseThrow(Problem::notFound);
    return Answer.ok(EventCodec.toJson(event));
  }

  private static Json.Arr plain(EventPage page) {
    return Json.array(
        page.events().stream().map(EventCodec::decode).map(EventCodec::toJson).toList());
  }

  private Answer diagnosis(Exchange exchange) {
    RunHead head = head(exchange);
    Diagnosis diagnosis = diagnoses.of(head.runId()).orElseThrow(Problem::notFound);
    return Answer.ok(
        Json.object()
            .put("runId", head.runId().toString())
            .put("cause", word(diagnosis.cause()))
            .put("explanation", diagnosis.explanation())
            .put("evidence", diagnosis.evidence())
            .put("nextAction", diagnosis.nextAction())
            .build());
  }

  private static String word(Diagnosis.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }

  private Answer list(Exchange exchange) {
    int limit = (int) exchange.query().number("limit", 1, RUNS_MAX, 50);
    RunIndex.Query query = RunPages.query(exchange.query(), limit);
    List<RunHead> heads = reads.list(query, exchange.sender());
    return Answer.ok(
        Json.object()
            .put("runs", Json.array(heads.stream().map(snapshots::of).toList()))
            .put("next", heads.size() < limit ? null : RunPages.place(heads.getLast()))
            .build());
  }
}
