package com.openagents.runtime.http.projection;

import static com.openagents.runtime.http.exchange.ProblemCode.CONFLICT;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_FOUND;
import static com.openagents.runtime.http.exchange.ProblemCode.OVERLOADED;
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
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Auditor.Sample;
import com.openagents.runtime.projector.DriftNotes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The calls that operators look at projections with, and change their course.
public final class OperatingProjections {

  private static final String ROOT = "/internal/v1/projections";
  private static final int SHOWN_MAX = 20;
  private static final Duration SINK_PAUSE = Duration.ofSeconds(10);

  private static final Parameter NUMBER =
      new Parameter(
          Parameter.In.PATH,
          "number",
          "The rebuild's number.",
          Schema.inline(Json.object().put("type", "integer").put("minimum", 1)));

  private final Kept kept;
  private final RunProjections projections;
  private final Function<Sample, AuditReport> auditor;
  private final Audit audit;
  private final Consumer<Rebuild> canceled;

  /// Where the state of the projections is kept.
  ///
  /// @param drift that deliveries of this process met
  public record Kept(
      WriterLeases leases,
      ProjectionStore store,
      KnownSinks known,
      SinkStreams streams,
      Rebuilds rebuilds,
      PastAudits audits,
      DriftNotes drift) {}

  /// @param auditor compares
  /// @param canceled hears of each rebuild that a call ended
  public OperatingProjections(
      Kept kept,
      RunProjections projections,
      Function<Sample, AuditReport> auditor,
      Audit audit,
      Consumer<Rebuild> canceled) {
    this.kept = kept;
    this.projections = projections;
    this.auditor = auditor;
    this.audit = audit;
    this.canceled = canceled;
  }

  public List<Route> routes() {
    return List.of(
        route(
            Method.GET,
            "",
            new Contract(
                "getProjections",
                "How far projections and sinks have come, and what keeps them.",
                List.of(),
                null,
                List.of(Reply.json(200, "As it is now.", ProjectionForms.STATUS)),
                Set.of()),
            _ -> Answer.ok(status())),
        route(
            Method.POST,
            "/rebuilds",
            new Contract(
                "rebuildProjections",
                "Tell documents again from the log, or compare them with it.",
                List.of(),
                new JsonBody(RebuildRequest.class, true),
                List.of(Reply.json(202, "Asked for.", ProjectionForms.REBUILD)),
                Set.of(NOT_FOUND)),
            this::rebuild),
        route(
            Method.POST,
            "/retirements",
            new Contract(
                "retireProjection",
                "Remove the documents of a projection that no node tells any more.",
                List.of(),
                new JsonBody(RetireRequest.class, true),
                List.of(Reply.json(202, "Asked for.", ProjectionForms.REBUILD)),
                Set.of(NOT_FOUND, CONFLICT)),
            this::retire),
        route(
            Method.GET,
            "/rebuilds/{number}",
            new Contract(
                "getProjectionRebuild",
                "How far a rebuild has come.",
                List.of(NUMBER),
                null,
                List.of(Reply.json(200, "As it is now.", ProjectionForms.REBUILD)),
                Set.of(NOT_FOUND)),
            exchange -> Answer.ok(ProjectionForms.rebuild(numbered(exchange)))),
        route(
            Method.POST,
            "/rebuilds/{number}/cancel",
            new Contract(
                "cancelProjectionRebuild",
                "End a rebuild; what it has written stays.",
                List.of(NUMBER),
                null,
                List.of(Reply.json(200, "It has ended.", ProjectionForms.REBUILD)),
                Set.of(NOT_FOUND)),
            this::cancel),
        route(
            Method.POST,
            "/audits",
            new Contract(
                "auditProjections",
                "Compare the log, documents and what sinks show.",
                List.of(),
                new JsonBody(AuditRequest.class, true),
                List.of(Reply.json(200, "What was found.", ProjectionForms.REPORT)),
                Set.of(OVERLOADED)),
            this::audit));
  }

  static Route route(Method method, String path, Contract contract, Route.Operation operation) {
    return new Route(method, ROOT + path, Guard.OPERATOR, contract, operation);
  }

  private Json.Obj status() {
    return Json.object()
        .put(
            "projections",
            Json.array(
                new TreeMap<>(kept.store().generations())
                    .entrySet().stream().map(this::projection).toList()))
        .put("writer", kept.leases().current().map(ProjectionForms::writer).orElse(null))
        .put(
            "sinks",
            Json.array(
                kept.known().sinks(projections.names()).stream()
                    .map(sink -> ProjectionForms.sink(sink, kept.known()))
                    .toList()))
        .put(
            "leaving",
            Json.array(
                kept.streams().leaving(projections.names()).stream()
                    .map(ProjectionForms::leaving)
                    .toList()))
        .put(
            "parkedRuns",
            Json.array(
                kept.store().parked(SHOWN_MAX).stream().map(ProjectionForms::parkedRun).toList()))
        .put(
            "rebuilds",
            Json.array(
                kept.rebuilds().recent(SHOWN_MAX).stream().map(ProjectionForms::rebuild).toList()))
        .put(
            "audits",
            Json.array(kept.audits().latest().stream().map(ProjectionForms::pastAudit).toList()))
        .put("drift", DriftForm.of(kept.drift()))
        .build();
  }

  private Json projection(Map.Entry<String, Generation> kept) {
    return ProjectionForms.projection(
        kept.getKey(), kept.getValue(), projections.named(kept.getKey()).isPresent());
  }

  private Answer rebuild(Exchange exchange) {
    RebuildRequest body = exchange.body(RebuildRequest.class);
    boolean compareOnly = Boolean.TRUE.equals(body.compareOnly());
    Rebuild rebuild =
        kept.rebuilds().request(new Request(scope(body), compareOnly, exchange.caller().actor()));
    record(exchange, "projection.rebuild", Long.toString(rebuild.number()), body.reason());
    return new JsonAnswer(202, ProjectionForms.rebuild(rebuild));
  }

  private Answer retire(Exchange exchange) {
    RetireRequest body = exchange.body(RetireRequest.class);
    String name = body.projection();
    if (projections.named(name).isPresent()) {
      throw new Problem(CONFLICT, "The release of this node tells " + name + ".");
    }
    if (!kept.store().generations().containsKey(name)) {
      throw Problem.notFound();
    }
    Rebuild rebuild =
        kept.rebuilds()
            .request(new Request(new Scope.Retired(name), false, exchange.caller().actor()));
    record(exchange, "projection.retire", name, body.reason());
    return new JsonAnswer(202, ProjectionForms.rebuild(rebuild));
  }

  private Scope scope(RebuildRequest body) {
    long named =
        Stream.of(body.runId(), body.threadId(), body.projection())
            .filter(name -> name != null)
            .count();
    if (named > 1) {
      throw new Problem(UNPROCESSABLE, "Name a run, a thread or a projection, or none of them.");
    }
    if (body.runId() != null) {
      return new Scope.OneRun(RunId.parse(body.runId()));
    }
    if (body.threadId() != null) {
      return new Scope.OneThread(thread(body.threadId()));
    }
    String projection = body.projection();
    if (projection == null) {
      return new Scope.All();
    }
    if (projections.named(projection).isEmpty()) {
      throw Problem.at(UNPROCESSABLE, "/projection", "one of " + projections.ids());
    }
    return new Scope.Projection(projection);
  }

  private static ThreadId thread(String id) {
    try {
      return new ThreadId(id);
    } catch (IllegalArgumentException e) {
      throw Problem.at(UNPROCESSABLE, "/threadId", "1 to 128 visible ASCII characters");
    }
  }

  private Rebuild numbered(Exchange exchange) {
    return kept.rebuilds().find(exchange.number("number")).orElseThrow(Problem::notFound);
  }

  private Answer cancel(Exchange exchange) {
    Rebuild rebuild = numbered(exchange);
    if (kept.rebuilds().cancel(rebuild.number())) {
      record(exchange, "projection.rebuild.cancel", Long.toString(rebuild.number()), null);
      canceled.accept(rebuild);
    }
    return Answer.ok(ProjectionForms.rebuild(numbered(exchange)));
  }

  private Answer audit(Exchange exchange) {
    AuditReport report = auditor.apply(exchange.body(AuditRequest.class).sample());
    if (!report.unread().isEmpty()) {
      throw new Problem(
              OVERLOADED, "A sink cannot be read: " + String.join(", ", report.unread().values()))
          .retryAfter(SINK_PAUSE);
    }
    return Answer.ok(ProjectionForms.report(report));
  }

  private void record(Exchange exchange, String action, String subject, @Nullable String reason) {
    audit.record(new Audit.Entry(exchange.caller().actor(), action, subject, reason, null, null));
  }
}
