package com.openagents.runtime.app.running;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.token.TokenKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A service that shows its documents in a deployment, with a mirror between both.
public final class ShownService implements AutoCloseable {

  public static final String PROJECTIONS = "/internal/v1/projections";

  private static final String ISSUER = "https://runtime.example";

  private final ConvexDeployment deployment;
  private final Mirror convex;
  private final RunningService service;

  private ShownService(ConvexDeployment deployment, Mirror convex, RunningService service) {
    this.deployment = deployment;
    this.convex = convex;
    this.service = service;
  }

  public static ShownService in(Path folder) throws IOException {
    String keys = TokenKeys.generate("t1", false);
    ConvexDeployment deployment = ConvexDeployment.believing(ISSUER, TokenKeys.parse(keys));
    Mirror convex = new Mirror(deployment.url());
    RunningService service =
        RunningService.in(
            folder,
            Map.of(
                "OA_SINKS",
                "convex",
                "OA_CONVEX_URL",
                convex.address().toString(),
                "OA_PROJECTION_INTERVAL",
                "50ms",
                "OA_TOKEN_KEYS",
                keys,
                "OA_TOKEN_ISSUER",
                ISSUER));
    return new ShownService(deployment, convex, service);
  }

  public ConvexDeployment deployment() {
    return deployment;
  }

  /// The deployment as the service sees it.
  public Mirror convex() {
    return convex;
  }

  public RunningService service() {
    return service;
  }

  /// How the sink stands.
  public Json.Obj sink() {
    return service.client().get(PROJECTIONS).body().get("sinks") instanceof Json.Arr(var sinks)
            && !sinks.isEmpty()
            && sinks.getFirst() instanceof Json.Obj sink
        ? sink
        : Json.object().put("trouble", "not there yet").build();
  }

  /// Whether everything is told and shown as it must be, and nothing is on its way.
  public boolean isSound() {
    return nothingIsDue() && isClean();
  }

  /// Asked before an audit, which reads every document.
  private boolean nothingIsDue() {
    Json.Obj sink = sink();
    return sink.get("trouble") == null && Json.of(0).equals(sink.get("pending"));
  }

  private boolean isClean() {
    Json.Obj report = service.client().post(PROJECTIONS + "/audits", Json.Obj.EMPTY).body();
    return Json.TRUE.equals(report.get("clean")) && Json.Obj.EMPTY.equals(report.get("found"));
  }

  @Override
  public void close() {
    service.close();
    convex.close();
    deployment.close();
  }
}
