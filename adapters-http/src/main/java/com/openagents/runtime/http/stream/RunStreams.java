package com.openagents.runtime.http.stream;

import static com.openagents.runtime.http.exchange.ProblemCode.CURSOR_AHEAD;
import static com.openagents.runtime.http.exchange.ProblemCode.OVERLOADED;
import static com.openagents.runtime.http.exchange.ProblemCode.STALE_CURSOR;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Answer.Empty;
import com.openagents.runtime.http.exchange.Answer.Ongoing;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.identity.RunId;
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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// Answers with the streams of runs, whichever call asks for one. Thread-safe.
public final class RunStreams {

  private static final int BACK_SECONDS_MAX = 5;

  private final Streams streams;
  private final Tails tails;
  private final OpenStreams open;

  /// @param opening what opening a stream reads, within its bounds
  public RunStreams(OpeningReads opening, Tails tails, OpenStreams open) {
    this.streams = new Streams(opening);
    this.tails = tails;
    this.open = open;
  }

  /// How a stream is to be given.
  ///
  /// @param place asked once, when nothing else stands in the way
  /// @param headers beside those of every stream
  record Manner(Format format, Supplier<OpenStreams.Place> place, Map<String, String> headers) {}

  Manner usual(Format format) {
    return new Manner(format, open::place, Map.of());
  }

  /// Takes a place for a stream.
  ///
  /// @throws Problem when there is none
  OpenStreams.Place place() {
    return open.place();
  }

  /// The stream of a run, for a reader who perhaps may not see it.
  Answer of(RunId runId, Sender sender, Manner manner, Cursor cursor) {
    if (cursor instanceof Cursor.Start && isAtHand(runId, sender)) {
      return fromStart(runId, manner);
    }
    RunHead head =
        streams
            .head(runId)
            .filter(found -> sender.sees(found.owner()))
            .orElseThrow(Problem::notFound);
    return of(head, manner, cursor);
  }

  private boolean isAtHand(RunId runId, Sender sender) {
    return tails.ownerAtHand(runId).filter(sender::sees).isPresent();
  }

  /// The stream of a run, for a reader who may see it.
  Answer of(RunHead head, Manner manner, Cursor cursor) {
    return switch (streams.open(head, manner.format().mapping(), cursor)) {
      case Opening.At(var runner) -> follow(head.runId(), manner, runner);
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
                      .put("restart", path(head.runId()))
                      .build());
    };
  }

  /// The stream of a run from its first event, for a reader who may see it.
  Answer fromStart(RunId runId, Manner manner) {
    return follow(runId, manner, Streams.fromStart(manner.format().mapping()));
  }

  /// Where a run is followed.
  static String path(RunId runId) {
    return "/internal/v1/runs/" + runId + "/stream";
  }

  /// Opens a stream, unless too many others are being opened.
  ///
  /// @throws Problem then, too
  static Answer opened(Supplier<Answer> opening) {
    try {
      return opening.get();
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

  private Answer follow(RunId runId, Manner manner, StreamRunner<?> runner) {
    return new Ongoing((request, response) -> begin(runId, manner, runner, request, response));
  }

  private CompletableFuture<?> begin(
      RunId runId,
      Manner manner,
      StreamRunner<?> runner,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Connection connection = Connection.of(request, response);
    EventStream stream = manner.place().get().open(runner, connection);
    response.setContentType(Reply.EVENT_STREAM);
    response.setHeader("Cache-Control", "no-store, no-transform");
    response.setHeader("X-Accel-Buffering", "no");
    if (manner.format().aiSdk()) {
      response.setHeader("x-vercel-ai-ui-message-stream", "v1");
    }
    manner.headers().forEach(response::setHeader);
    stream.begin();
    stream.follow(tails.subscribe(runId, runner.position(), stream));
    return stream.ended();
  }
}
