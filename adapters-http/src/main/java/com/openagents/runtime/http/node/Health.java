package com.openagents.runtime.http.node;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Answer.JsonAnswer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.node.Readiness.Check;
import com.openagents.runtime.http.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The calls of those who watch the process: unsigned, and outside the versioned API.
public final class Health {

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private static final Schema LIVE =
      Schema.object("Liveness").field("status", Schema.words(List.of("live"))).closed();

  private static final Schema READY =
      Schema.object("Readiness")
          .field("status", Schema.words(List.of("ready", "not_ready")))
          .field(
              "checks",
              Schema.listOf(
                  Schema.object("ReadinessCheck")
                      .field("name", Schema.TEXT)
                      .field("ready", Schema.FLAG)
                      .field("detail", Schema.TEXT)
                      .closed()))
          .closed();

  private final Readiness readiness;
  private final Supplier<String> metrics;
  private final boolean metricsPublic;

  /// @param metrics all meters in the text format of Prometheus
  /// @param metricsPublic whether others than this machine may read them
  public Health(Readiness readiness, Supplier<String> metrics, boolean metricsPublic) {
    this.readiness = readiness;
    this.metrics = metrics;
    this.metricsPublic = metricsPublic;
  }

  public List<Route> routes() {
    return Stream.concat(probes().stream(), Stream.of(metrics())).toList();
  }

  /// The calls that tell how a listener is, and nothing of what the node does.
  public List<Route> probes() {
    return List.of(
        new Route(
            Method.GET,
            "/health/live",
            Guard.PUBLIC,
            contract("live", "Whether the process answers.", Reply.json(200, "It does.", LIVE)),
            _ -> Answer.ok(Json.object().put("status", "live").build())),
        new Route(
            Method.GET,
            "/health/ready",
            Guard.PUBLIC,
            contract(
                "ready",
                "Whether the node can serve.",
                Reply.json(200, "It can.", READY),
                Reply.json(503, "It cannot; the checks say why.", READY)),
            this::ready));
  }

  private Route metrics() {
    return new Route(
        Method.GET,
        "/metrics",
        metricsPublic ? Guard.PUBLIC : Guard.LOCAL,
        contract("metrics", "Meters for Prometheus.", Reply.content(200, "All meters.", METRICS)),
        _ -> new Answer.Text(200, METRICS, metrics.get()));
  }

  private static Contract contract(String operationId, String summary, Reply... replies) {
    return new Contract(operationId, summary, List.of(), null, List.of(replies), Set.of());
  }

  private Answer ready(Exchange exchange) {
    List<Check> checks = readiness.checks();
    boolean ready = checks.stream().allMatch(Check::ready);
    return new JsonAnswer(
        ready ? 200 : 503,
        Json.object()
            .put("status", ready ? "ready" : "not_ready")
            .put("checks", Json.array(checks.stream().map(Health::check).toList()))
            .build());
  }

  private static Json.Obj check(Check check) {
    return Json.object()
        .put("name", check.name())
        .put("ready", check.ready())
        .put("detail", check.detail())
        .build();
  }
}
