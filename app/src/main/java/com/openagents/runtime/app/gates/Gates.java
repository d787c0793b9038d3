package com.openagents.runtime.app.gates;

import com.openagents.runtime.app.doctor.Finding;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Goes through what a product needs of the read side, one gate after another, with a run of its
/// own: a deployment that is there, documents in it that say what the log says, and clients that
/// see theirs and nothing else.
public final class Gates {

  private static final String DEPLOYMENT = "G1 deployment";
  private static final String DOCUMENTS = "G2 documents";
  private static final String CLIENTS = "G3 clients";
  private static final String PROJECTIONS = "/internal/v1/projections";
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Callers callers;
  private final @Nullable URI convex;
  private final RunId run;
  private final Duration patience;
  private final List<Finding> findings = new ArrayList<>();

  /// Who calls the service.
  ///
  /// @param operator as an operator
  /// @param users as a user
  /// @param clients as a user, where clients are served
  public record Callers(
      RuntimeClient operator,
      LongFunction<RuntimeClient> users,
      LongFunction<RuntimeClient> clients) {}

  /// @param convex the deployment, or null when there is none
  /// @param run the id of the run that is begun
  /// @param patience how long a run may take to end and to be shown
  public Gates(Callers callers, @Nullable URI convex, RunId run, Duration patience) {
    this.callers = callers;
    this.convex = convex;
    this.run = run;
    this.patience = patience;
  }

  /// Everything that was found, in order.
  ///
  /// @throws com.openagents.runtime.http.client.RuntimeUnreachable when no service answers
  public List<Finding> go() {
    documents();
    if (convex == null) {
      findings.add(Finding.failure(DEPLOYMENT, "none is named: set OA_CONVEX_URL"));
      return findings;
    }
    try (ConvexClient deployment = new ConvexClient(convex)) {
      deployment(deployment);
      clients(deployment);
    } catch (IOException e) {
      findings.add(Finding.failure(DEPLOYMENT, convex + " does not answer: " + e.getMessage()));
    }
    return findings;
  }

  private void judge(String gate, boolean holds, String evidence) {
    findings.add(holds ? Finding.ok(gate, evidence) : Finding.failure(gate, evidence));
  }

  private void documents() {
    Reply started =
        callers
            .users()
            .apply(1)
            .start(
                Json.object()
                    .put("runId", run.toString())
                    .put("threadId", "gates-" + run)
                    .put("userId", 1)
                    .put("toolPolicy", Json.Obj.EMPTY)
                    .put("agent", "echo")
                    .put(
                        "firstFrame",
                        Json.object()
                            .put("frameId", "gates")
                            .put("type", "user_message")
                            .put("payload", Json.object().put("text", "gates").build())
                            .build())
                    .build());
    judge(DOCUMENTS, started.successful(), "run " + run + ": " + started.status());
    boolean ended =
        await(() -> "completed".equals(text(callers.users().apply(1).run(run), "status")));
    judge(DOCUMENTS, ended, "the run has " + (ended ? "ended" : "not ended in time"));
    boolean shown = await(() -> Json.TRUE.equals(report().get("clean")) && lag() == 0);
    Json.Obj report = report();
    judge(
        DOCUMENTS,
        shown,
        "the log, documents and sinks of the newest runs: compared %s, found %s, lag %d"
            .formatted(told(report.get("compared")), told(report.get("found")), lag()));
    Json.Obj again = rebuilt();
    judge(
        DOCUMENTS,
        Json.of(0).equals(again.get("differing")),
        "the run told again from the log: %s documents differ"
            .formatted(told(again.get("differing"))));
  }

  private Json.Obj report() {
    Reply reply =
        callers.operator().post(PROJECTIONS + "/audits", Json.object().put("newest", 20).build());
    return reply.successful() ? reply.body() : Json.Obj.EMPTY;
  }

  private long lag() {
    return report().get("lagP95") instanceof Json.Num(double lag) ? (long) lag : -1;
  }

  private Json.Obj rebuilt() {
    Reply asked =
        callers
            .operator()
            .post(
                PROJECTIONS + "/rebuilds",
                Json.object()
                    .put("runId", run.toString())
                    .put("compareOnly", true)
                    .put("reason", "gates")
                    .build());
    String at = PROJECTIONS + "/rebuilds/" + number(asked.body().get("number"));
    await(() -> "done".equals(text(progress(at), "phase")));
    return progress(at);
  }

  private Json.Obj progress(String at) {
    return callers.operator().get(at).body().get("progress") instanceof Json.Obj progress
        ? progress
        : Json.Obj.EMPTY;
  }

  private void deployment(ConvexClient deployment) throws IOException {
    judge(
        DEPLOYMENT,
        deployment.open("/version").startsWith("200 "),
        convex + " answers /version with " + deployment.open("/version"));
    String name = deployment.open("/instance_name");
    judge(DEPLOYMENT, !name.contains("carnitas"), "its instance is " + name);
    Json.Obj status = callers.operator().get(PROJECTIONS).body();
    String trouble =
        status.get("sinks") instanceof Json.Arr(List<Json> sinks)
                && !sinks.isEmpty()
                && sinks.getFirst() instanceof Json.Obj sink
            ? text(sink, "trouble")
            : "there is no sink: set OA_SINKS=convex";
    judge(
        DEPLOYMENT,
        trouble.isEmpty(),
        trouble.isEmpty() ? "it takes what the writer sends" : trouble);
  }

  private void clients(ConvexClient deployment) throws IOException {
    String own = token(1);
    String other = token(2);
    judge(
        CLIENTS,
        !own.isEmpty() && !other.isEmpty(),
        "/api/convex/token gives " + (own.isEmpty() ? "no tokens" : "tokens"));
    Json.Obj args = Json.object().put("runId", run.toString()).build();
    Json.Obj seen = deployment.call("query", "runs:get", args, own);
    boolean asEnded =
        seen.get("value") instanceof Json.Obj summary
            && Json.of("completed").equals(summary.get("status"));
    judge(
        CLIENTS,
        asEnded,
        "user 1 sees its run " + (asEnded ? "as completed" : "so: " + told(seen)));
    Json.Obj hidden = deployment.call("query", "runs:get", args, other);
    judge(
        CLIENTS,
        Json.NULL.equals(hidden.get("value")),
        "user 2 sees of it: " + told(hidden.get("value")));
    Json.Obj writes = deployment.call("mutation", "writer:open", Json.Obj.EMPTY, own);
    judge(
        CLIENTS,
        !Json.of("success").equals(writes.get("status")),
        "a client that calls the writer's functions gets: " + text(writes, "status"));
  }

  private String token(long user) {
    Reply reply = callers.clients().apply(user).post("/api/convex/token", Json.Obj.EMPTY);
    return text(reply, "token");
  }

  private boolean await(BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    boolean holds = condition.getAsBoolean();
    while (!holds && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
      holds = condition.getAsBoolean();
    }
    return holds;
  }

  private static String text(Reply reply, String field) {
    return text(reply.body(), field);
  }

  private static String text(Json.Obj in, String field) {
    return in.get(field) instanceof Json.Str(String text) ? text : "";
  }

  private static String told(@Nullable Json value) {
    return value == null ? "nothing" : CanonicalJson.write(value);
  }

  private static long number(@Nullable Json value) {
    return value instanceof Json.Num(double number) ? (long) number : 0;
  }
}
