package com.openagents.runtime.http.projection;

import static com.openagents.runtime.http.exchange.ProblemCode.CONFLICT;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_FOUND;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.KnownSinks.Forgotten;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import java.util.List;
import java.util.Set;

/// The calls that operators look at single sinks with, and change their course.
public final class OperatingSinks {

  private static final int PARKED_MAX = 200;

  private static final Parameter SINK =
      new Parameter(Parameter.In.PATH, "sink", "The sink's name.", Schema.TEXT);

  private static final Parameter STREAM =
      new Parameter(Parameter.In.PATH, "stream", "A projection that was retired.", Schema.TEXT);

  private static final Schema RETRIED =
      Schema.object("RetriedDocuments").field("retried", Schema.COUNT).closed();

  private static final Schema SHOWN =
      Schema.object("ProjectionSinks").field("sinks", Schema.listOf(ProjectionForms.SINK)).closed();

  private final KnownSinks sinks;
  private final SinkBook book;
  private final SinkStreams streams;
  private final RunProjections projections;
  private final Set<String> served;
  private final Audit audit;

  /// @param served sinks that this node delivers to when it writes
  public OperatingSinks(
      KnownSinks sinks,
      SinkBook book,
      SinkStreams streams,
      RunProjections projections,
      Set<String> served,
      Audit audit) {
    this.sinks = sinks;
    this.book = book;
    this.streams = streams;
    this.projections = projections;
    this.served = Set.copyOf(served);
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        act("pause", "pauseSink", "Let deliveries rest.", SHOWN, e -> paused(e, true)),
        act("resume", "resumeSink", "Deliver again.", SHOWN, e -> paused(e, false)),
        act(
            "retry",
            "retryParkedDocuments",
            "Deliver again what a sink would not take.",
            RETRIED,
            this::retry),
        act(
            "forget",
            "forgetSink",
            "Forget a sink that no node delivers to any more.",
            SHOWN,
            Set.of(NOT_FOUND, CONFLICT),
            this::forget),
        OperatingProjections.route(
            Method.POST,
            "/sinks/{sink}/streams/{stream}/forget",
            new Contract(
                "forgetStream",
                "Forget a stream that a sink does not let go of; what it shows stays there.",
                List.of(SINK, STREAM),
                null,
                List.of(Reply.json(200, "Done.", SHOWN)),
                Set.of(NOT_FOUND)),
            this::letGo),
        OperatingProjections.route(
            Method.GET,
            "/sinks/{sink}/parked",
            new Contract(
                "listParkedDocuments",
                "What a sink will not take, those that have waited longest first.",
                List.of(SINK, Parameter.limit(PARKED_MAX, 50)),
                null,
                List.of(Reply.json(200, "As asked.", ProjectionForms.PARKED)),
                Set.of(NOT_FOUND)),
            this::parked));
  }

  private static Route act(
      String act, String operationId, String summary, Schema answer, Route.Operation operation) {
    return act(act, operationId, summary, answer, Set.of(NOT_FOUND), operation);
  }

  private static Route act(
      String act,
      String operationId,
      String summary,
      Schema answer,
      Set<ProblemCode> refusals,
      Route.Operation operation) {
    return OperatingProjections.route(
        Method.POST,
        "/sinks/{sink}/" + act,
        new Contract(
            operationId,
            summary,
            List.of(SINK),
            null,
            List.of(Reply.json(200, "Done.", answer)),
            refusals),
        operation);
  }

  private String sink(Exchange exchange) {
    String name = exchange.name("sink");
    if (states().stream().noneMatch(sink -> sink.sink().equals(name))) {
      throw Problem.notFound();
    }
    return name;
  }

  private Answer paused(Exchange exchange, boolean paused) {
    String sink = sink(exchange);
    sinks.pause(sink, paused);
    record(exchange, paused ? "projection.pause" : "projection.resume", sink);
    return shown();
  }

  private Answer shown() {
    return Answer.ok(
        Json.object()
            .put(
                "sinks",
                Json.array(states().stream().map(s -> ProjectionForms.sink(s, sinks)).toList()))
            .build());
  }

  private List<SinkState> states() {
    return sinks.sinks(projections.names());
  }

  /// What this node serves is refused also while another one writes, or nobody does.
  private Answer forget(Exchange exchange) {
    String sink = sink(exchange);
    Forgotten forgotten = served.contains(sink) ? Forgotten.SERVED : sinks.forget(sink);
    return switch (forgotten) {
      case FORGOTTEN -> {
        record(exchange, "projection.forget", sink);
        yield shown();
      }
      case SERVED ->
          throw new Problem(
              CONFLICT,
              "This node, or the one that writes, delivers to the sink: take it out of OA_SINKS of"
                  + " every node first.");
      case UNKNOWN -> throw Problem.notFound();
    };
  }

  private Answer letGo(Exchange exchange) {
    String sink = sink(exchange);
    String projection = exchange.name("stream");
    if (!streams.letGo(sink, projection)) {
      throw Problem.notFound();
    }
    record(exchange, "projection.forget", sink + "/" + projection);
    return shown();
  }

  private Answer retry(Exchange exchange) {
    String sink = sink(exchange);
    int retried = book.retry(sink);
    record(exchange, "projection.retry", sink);
    return Answer.ok(Json.object().put("retried", retried).build());
  }

  private Answer parked(Exchange exchange) {
    String sink = sink(exchange);
    int limit = (int) exchange.query().number("limit", 1, PARKED_MAX, 50);
    return Answer.ok(
        Json.object()
            .put(
                "documents",
                Json.array(book.parked(sink, limit).stream().map(ProjectionForms::parked).toList()))
            .build());
  }

  private void record(Exchange exchange, String action, String sink) {
    audit.record(new Audit.Entry(exchange.caller().actor(), action, sink, null, null, null));
  }
}
