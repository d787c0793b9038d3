package com.openagents.runtime.http.stream;

import static com.openagents.runtime.http.exchange.ProblemCode.CURSOR_AHEAD;
import static com.openagents.runtime.http.exchange.ProblemCode.INVALID_REQUEST;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_ACCEPTABLE;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_FOUND;
import static com.openagents.runtime.http.exchange.ProblemCode.STALE_CURSOR;

import com.openagents.runtime.http.exchange.Accept;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Answer.Empty;
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
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.stream.Cursor;
import com.openagents.runtime.tail.OpeningReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The calls that stream runs.
public final class Streaming {

  private static final Parameter LAST_EVENT_ID =
      Parameter.header(
          "Last-Event-ID", "The last sequence already seen; wins over cursor.", Schema.TEXT);
  private static final Parameter CURSOR =
      Parameter.query("cursor", "The last sequence already seen, or latest.", Schema.TEXT);

  private final RunReads reads;
  private final OpeningReads opening;
  private final RunStreams streams;

  /// @param opening what opening a stream reads, within its bounds
  public Streaming(RunReads reads, OpeningReads opening, RunStreams streams) {
    this.reads = reads;
    this.opening = opening;
    this.streams = streams;
  }

  public List<Route> routes() {
    return List.of(
        route(
            "/internal/v1/runs/{runId}/stream",
            "streamRun",
            "Follow a run, from a cursor or from its start.",
            List.of(Parameter.RUN_ID, CURSOR, LAST_EVENT_ID),
            "Nothing follows the cursor: the run has ended.",
            Set.of(NOT_FOUND, NOT_ACCEPTABLE, CURSOR_AHEAD, STALE_CURSOR),
            exchange -> opened(exchange, this::run)),
        route(
            "/internal/v1/threads/{threadId}/stream",
            "streamThread",
            "Follow the thread's active run from its start.",
            List.of(Parameter.THREAD_ID),
            "No run of the thread is active.",
            Set.of(NOT_FOUND, NOT_ACCEPTABLE),
            exchange -> opened(exchange, this::thread)));
  }

  private static Route route(
      String path,
      String operationId,
      String summary,
      List<Parameter> own,
      String nothing,
      Set<ProblemCode> refusals,
      Route.Operation operation) {
    List<Parameter> parameters = new ArrayList<>(own);
    parameters.addAll(Format.PARAMETERS);
    return new Route(
        Method.GET,
        path,
        Guard.OWNER,
        new Contract(
            operationId,
            summary,
            parameters,
            null,
            List.of(
                Reply.content(200, "Events, as they come.", Reply.EVENT_STREAM),
                Reply.empty(204, nothing)),
            refusals),
        operation);
  }

  private static Answer opened(Exchange exchange, Route.Operation operation) {
    if (Accept.specificity(exchange.accept(), Reply.EVENT_STREAM) <= 0) {
      throw new Problem(NOT_ACCEPTABLE, "The call answers with text/event-stream alone.");
    }
    return RunStreams.opened(() -> operation.answer(exchange));
  }

  private Answer run(Exchange exchange) {
    Format format = Format.of(exchange.query());
    Cursor cursor =
        Cursor.parse(exchange.header(LAST_EVENT_ID.name()), exchange.query().text("cursor"))
            .orElseThrow(
                () -> Problem.at(INVALID_REQUEST, "cursor", "a sequence from 0, or latest"));
    return streams.of(exchange.runId(), exchange.sender(), streams.usual(format), cursor);
  }

  private Answer thread(Exchange exchange) {
    Format format = Format.of(exchange.query());
    RunHead active =
        opening
            .read(() -> reads.activity(exchange.threadId(), exchange.sender()))
            .orElseThrow(Problem::notFound)
            .run();
    return active == null
        ? new Empty(204)
        : streams.of(active, streams.usual(format), new Cursor.Start());
  }
}
