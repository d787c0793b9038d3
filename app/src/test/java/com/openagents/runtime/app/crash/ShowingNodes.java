package com.openagents.runtime.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.app.running.Audited;
import com.openagents.runtime.app.running.ConvexDeployment;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.token.TokenKeys;
import com.openagents.runtime.identity.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two nodes over one database, the runs that they carry out, and a deployment that shows them.
final class ShowingNodes implements AutoCloseable {

  static final String ISSUER = "https://runtime.example";
  private static final String ROOT = "/internal/v1/projections";

  /// A run has a summary and a timeline, and each of these runs a thread of its own.
  private static final int DOCUMENTS_EACH = 3;

  private final String keys = TokenKeys.generate("t1", false);
  private final ConvexDeployment convex;
  private final Cluster cluster;
  private final Queue<RunId> runs = new ConcurrentLinkedQueue<>();

  ShowingNodes(Path folder) throws Exception {
    convex = ConvexDeployment.believing(ISSUER, TokenKeys.parse(keys));
    cluster = Cluster.start(folder, ProviderDouble.answering(1));
    Callable<ServiceProcess> one = () -> start("one");
    Callable<ServiceProcess> two = () -> start("two");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<ServiceProcess> node : threads.invokeAll(List.of(one, two))) {
        node.get();
      }
    }
  }

  void startWhatWasKilled() throws Exception {
    for (String name : List.of("one", "two")) {
      if (!cluster.named(name).alive()) {
        start(name);
      }
    }
  }

  private ServiceProcess start(String name) throws Exception {
    return cluster.node(
        name,
        Map.of(
            "OA_TOKEN_KEYS",
            keys,
            "OA_TOKEN_ISSUER",
            ISSUER,
            "OA_SINKS",
            "convex",
            "OA_CONVEX_URL",
            convex.url().toString(),
            "OA_PROJECTION_INTERVAL",
            "50ms"));
  }

  Cluster cluster() {
    return cluster;
  }

  ConvexDeployment convex() {
    return convex;
  }

  String keys() {
    return keys;
  }

  /// The name of the node that writes, as a node tells it.
  static String writer(ServiceProcess asked) {
    return status(asked).get("writer") instanceof Json.Obj writer
            && writer.get("nodeId") instanceof Json.Str(String name)
        ? name
        : "nobody";
  }

  /// The name of the node that writes.
  String writer() {
    Cluster.await(() -> !writer(cluster.named("one")).equals("nobody"));
    return writer(cluster.named("one"));
  }

  /// The node beside another.
  ServiceProcess beside(String name) {
    return cluster.named(name.equals("one") ? "two" : "one");
  }

  static Json.Obj status(ServiceProcess asked) {
    return Cluster.client(asked).get(ROOT).body();
  }

  /// Starts a run and returns once it has ended.
  void carryOut(ServiceProcess node, RunId run) {
    begin(node, run);
    end(node, run);
  }

  /// Starts a run.
  void begin(ServiceProcess node, RunId run) {
    Json.Obj request =
        Json.object()
            .put("runId", run.toString())
            .put("threadId", "thread-" + run)
            .put("userId", 1)
            .put("toolPolicy", Json.Obj.EMPTY)
            .put("agent", "echo")
            .put("firstFrame", Cluster.frame("f"))
            .build();
    Reply reply = Cluster.client(node).start(request);
    assertThat(reply.status()).as(reply.problem()).isEqualTo(202);
    runs.add(run);
  }

  /// Waits until a run has ended.
  static void end(ServiceProcess node, RunId run) {
    Cluster.await(() -> Cluster.has(node, run, "completed"));
  }

  /// Waits until every run so far is in the deployment as it must be, and nothing is on its way.
  void awaitAllShown(ServiceProcess asked) {
    Cluster.await(() ->
        nothingIsDue(asked)
            && Audited.by(Cluster.client(asked)).shows((long) DOCUMENTS_EACH * runs.size()));
  }

  /// Asked before each audit, which reads every document.
  private static boolean nothingIsDue(ServiceProcess asked) {
    return status(asked).get("sinks") instanceof Json.Arr(List<Json> sinks)
        && sinks.stream().allMatch(sink -> Json.of(0).equals(((Json.Obj) sink).get("pending")));
  }

  /// The runs whose summary, as their owner sees it in the deployment, does not say that they have
  /// ended.
  List<RunId> shownOpen(ServiceProcess asked) {
    Json answer =
        Cluster.client(asked).post("/api/convex/token", Json.Obj.EMPTY).body().get("token");
    String token = answer instanceof Json.Str(String text) ? text : "none";
    return runs.stream().filter(run -> !completed(run, token)).toList();
  }

  private boolean completed(RunId run, String token) {
    Json.Obj answer = convex.query("runs:get", Json.object().put("runId", run.toString()), token);
    return answer.get("value") instanceof Json.Obj shown
        && Json.of("completed").equals(shown.get("status"));
  }

  /// Asks for a rebuild.
  ///
  /// @return its number
  static long rebuild(ServiceProcess asked, boolean compareOnly) {
    Reply reply =
        Cluster.client(asked)
            .post(ROOT + "/rebuilds", Json.object().put("compareOnly", compareOnly).build());
    return number(reply.body(), "number");
  }

  /// How far a rebuild has come.
  static Json.Obj progress(ServiceProcess asked, long number) {
    Reply reply = Cluster.client(asked).get(ROOT + "/rebuilds/" + number);
    return reply.body().get("progress") instanceof Json.Obj progress ? progress : Json.Obj.EMPTY;
  }

  static long number(Json.Obj in, String name) {
    return in.get(name) instanceof Json.Num(double number) ? (long) number : -1;
  }

  @Override
  public void close() {
    cluster.close();
    convex.close();
  }
}
