package com.openagents.runtime.http.stream;

import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Query;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.stream.Cursor;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// The streams with which starts are answered: a caller who wants the answer of a run needs one
/// request. Thread-safe.
///
/// Whatever a stream is refused for is looked at before the run is started, so that a refusal means
/// that nothing was. Whoever may start a run may read it: it is its principal's.
public final class StartedStreams {

  /// How a caller says which stream it wants.
  public static final List<Parameter> PARAMETERS = Format.PARAMETERS;

  /// Says whether the run was there already.
  private static final String REPLAY = "X-OA-IDEMPOTENT-REPLAY";

  public static final Reply REPLY =
      Reply.content(
              200,
              "To Accept: text/event-stream, for a run that is new and for one that is there: its"
                  + " events from the first, as they come.",
              Reply.EVENT_STREAM)
          .with(
              List.of(
                  new Reply.Header(
                      "Content-Location",
                      "Where the same stream is read again, or on behind a cursor.",
                      Schema.TEXT),
                  new Reply.Header(
                      REPLAY, "Whether the same was accepted before, of streams.", Schema.FLAG)));

  private final RunStreams streams;

  public StartedStreams(RunStreams streams) {
    this.streams = streams;
  }

  /// A start.
  @FunctionalInterface
  public interface Start {
    /// @return whether the same was accepted before
    /// @throws Problem when it is refused, which leaves nothing behind
    boolean begin();
  }

  /// Starts a run and answers with its stream.
  ///
  /// @throws Problem when there can be no stream, and nothing was started; or when the run was
  ///   there already and its stream cannot be opened now
  public Answer answer(Exchange exchange, RunId runId, Start start) {
    Query query = exchange.query();
    Format format = Format.of(query);
    OpenStreams.Place place = streams.place();
    try {
      boolean repeated = start.begin();
      Map<String, String> headers =
          Map.of("Content-Location", location(runId, query), REPLAY, Boolean.toString(repeated));
      RunStreams.Manner manner = new RunStreams.Manner(format, () -> place, headers);
      return repeated
          ? RunStreams.opened(
              () -> streams.of(runId, exchange.sender(), manner, new Cursor.Start()))
          : streams.fromStart(runId, manner);
    } catch (RuntimeException | Error e) {
      place.giveBack();
      throw e;
    }
  }

  /// Refuses the parameters of a stream where none is asked for.
  ///
  /// @throws Problem when there are any
  public static void refuseParameters(Query query) {
    Format.refuse(query);
  }

  private static String location(RunId runId, Query query) {
    StringJoiner parameters = new StringJoiner("&", "?", "").setEmptyValue("");
    for (Parameter parameter : PARAMETERS) {
      String value = query.text(parameter.name());
      if (value != null) {
        parameters.add(parameter.name() + "=" + value);
      }
    }
    return RunStreams.path(runId) + parameters;
  }
}
