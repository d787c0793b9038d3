package com.openagents.runtime.http.stream;

import static com.openagents.runtime.http.exchange.ProblemCode.CURSOR_AHEAD;
import static com.openagents.runtime.http.exchange.ProblemCode.INVALID_REQUEST;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_ACCEPTABLE;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_FOUND;
import static com.openagents.runtime.http.exchange.ProblemCode.OVERLOADED;
import static com.openagents.runtime.http.exchange.ProblemCode.STALE_CURSOR;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Answer.Empty;
import com.openagents.runtime.http.exchange.Answer.Ongoing;
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
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.stream.Cursor;
import com.openagents.runtime.stream.CursorVerdict;
import com.openagents.runtime.stream.StreamRunner;
import com.openagents.runtime.tail.Crowded;
import com.openagents.runtime.tail.Opening;
import com.openagents.runtime.tail.OpeningReads;
import com.openagents.runtime.tail.Streams;
import com.openagents.runtime.tail.Tails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/// The calls that stream runs.
public final class Streaming {

  private static final String EVENT_STREAM = "text/event-stream";
  private static final int BACK_SECONDS_MAX = 5;

  private static final Parameter LAST_EVENT_ID =
      Parameter.header(
          "Last-Event-ID", "The last sequence already seen; wins over cursor.", Schema.TEXT);
  private static final Parameter CURSOR =
      Parameter.query("cursor", "The last sequence already seen, or latest.", Schema.TEXT);

  private final RunReads reads;
  private final OpeningReads opening;
  private final Streams streams;
  private final Tails tails;
  private final OpenStreams open;

  /// @param opening what opening a stream reads, within its bounds
  public Streaming(RunReads reads, OpeningReads opening, Tails tails, OpenStreams open) {
    this.reads = reads;
    this.opening = opening;
    this.streams = new Streams(opening);
    this.tails = tails;
    this.open = open;
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
                Reply.content(200, "Events, as they come.", EVENT_STREAM),
                Reply.empty(204, nothing)),
            refusals),
        operation);
  }

  private static Answer opened(Exchange exchange, Route.Operation operation) {
    if (!AcceptHeader.allowsEvents(exchange.header("Accept"))) {
      throw new Problem(NOT_ACCEPTABLE, "The call answers with text/event-stream alone.");
    }
    try {
      return operation.answer(exchange);
    } catch (Crowded crowded) {
      throw new Problem(OVERLOADED, "Too many streams are being opened: try the same again soon.")
          .because("streams_opening")
          .retryAfter(backSoon());
    }
  }

  /// Not the same for all, or they would all come back together.
  private static Duration backSoon() {
    return Duration.ofSeconds(ThreadLocalRandom.current().nextLong(1, BACK_SECONDS_MAX + 1));
  }

  private Answer run(Exchange exchange) {
    Format format = Format.of(exchange.query());
    Cursor cursor =
        Cursor.parse(exchange.header(LAST_EVENT_ID.name()), exchange.query().text("cursor"))
            .orElseThrow(
                () -> Problem.at(INVALID_REQUEST, "cursor", "a sequence from 0, or latest"));
    RunId runId = exchange.runId();
    if (cursor instanceof Cursor.Start && isAtHand(runId, exchange.sender())) {
      return follow(runId, format, Streams.fromStart(format.mapping()));
    }
    RunHead head =
        streams
            .head(runId)
            .filter(found -> exchange.sender().sees(found.owner()))
            .orElseThrow(Problem::notFound);
    return answer(head, format, cursor);
  }

  private boolean isAtHand(RunId runId, Sender sender) {
    return tails.ownerAtHand(runId).filter(sender::sees).isPresent();
  }

  private Answer thread(Exchange exchange) {
    Format format = Format.of(exchange.query());
    RunHead active =
        opening
            .read(() -> reads.activity(exchange.threadId(), exchange.sender()))
            .orElseThrow(Problem::notFound)
            .run();
    return active == null ? new Empty(204) : answer(active, format, new Cursor.Start());
  }

  private Answer answer(RunHead head, Format format, Cursor cursor) {
    return switch (streams.open(head, format.mapping(), cursor)) {
      case Opening.At(var runner) -> follow(head.runId(), format, runner);
      case Opening.Refused(CursorVerdict.NothingMore()) -> new Empty(204);
      case Opening.Refused(CursorVerdict.Ahead(long last)) ->
          throw new Problem(
                  CURSOR_AHEAD,
                  "The log ends before the cursor. If that was read from it, its tail was lost:"
                      + " follow it from the start.")
              .with(Json.object().put("head", last).build());
      case Opening.Refused(CursorVerdict.Stale(long floor, long last)) ->
          throw new Problem(
                  STALE_CURSOR, "Events after the cursor have aged out: follow restart instead.")
              .with(
                  Json.object()
                      .put("floor", floor)
                      .put("head", last)
                      .put("restart", "/internal/v1/runs/" + head.runId() + "/stream")
                      .build());
    };
  }

  private Answer follow(RunId runId, Format format, StreamRunner<?> runner) {
    return new Ongoing((request, response) -> begin(runId, format, runner, request, response));
  }

  private CompletableFuture<?> begin(
      RunId runId,
      Format format,
      StreamRunner<?> runner,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    EventStream stream = open.open(runner, Connection.of(request, response));
    response.setContentType(EVENT_STREAM);
    response.setHeader("Cache-Control", "no-store, no-transform");
    response.setHeader("X-Accel-Buffering", "no");
    if (format.aiSdk()) {
      response.setHeader("x-vercel-ai-ui-message-stream", "v1");
    }
    stream.begin();
    stream.follow(tails.subscribe(runId, runner.position(), stream));
    return stream.ended();
  }
}
