package com.openagents.runtime.app.gates;

import com.openagents.runtime.app.doctor.Finding;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.RuntimeUnreachable;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

  /// Users that no product gives a number so high: the run is the first one's.
  private static final long OWNER = (1L << 53) - 2;

  private static final long STRANGER = (1L << 53) - 1;

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
  /// @throws RuntimeUnreachable when no service answers
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

  private boolean judge(String gate, boolean holds, String evidence) {
    findings.add(holds ? Finding.ok(gate, evidence) : Finding.failure(gate, evidence));
    return holds;
  }

  private void documents() {
    Reply started = callers.users().apply(OWNER).start(start());
    String accepted = started.successful() ? "accepted" : started.problem();
    if (!judge(DOCUMENTS, started.successful(), "run " + run + ": " + accepted)) {
      return;
    }
    Reply ended =
        awaited(
            () -> callers.users().apply(OWNER).run(run),
            r -> says(r.body(), "status", "completed"));
    String status = text(ended.body(), "status");
    judge(DOCUMENTS, status.equals("completed"), "the run is " + status);
    Reply report = awaited(this::audit, Gates::isClean);
    judge(DOCUMENTS, isClean(report), "the newest runs are told and shown: " + told(report));
    Json.Obj again = rebuilt();
    judge(
        DOCUMENTS,
        says(again, "phase", "done") && Json.of(0).equals(again.get("differing")),
        "the run told again from the log: %s, %s documents differ"
            .formatted(text(again, "phase"), told(again.get("differing"))));
  }

  private Json.Obj start() {
    return Json.object()
        .put("runId", run.toString())
        .put("threadId", "gates-" + run)
        .put("userId", OWNER)
        .put("toolPolicy", Json.Obj.EMPTY)
        .put("agent", "echo")
        .put(
            "firstFrame",
            Json.object()
                .put("frameId", "gates")
                .put("type", "user_message")
                .put("payload", Json.object().put("text", "gates").build())
                .build())
        .build();
  }

  private Reply audit() {
    return callers
        .operator()
        .post(PROJECTIONS + "/audits", Json.object().put("newest", 20).build());
  }

  private static boolean isClean(Reply report) {
    return Json.TRUE.equals(report.body().get("clean"))
        && Json.of(0).equals(report.body().get("lagP95"));
  }

  private static String told(Reply report) {
    return report.successful()
        ? "compared %s, found %s, lag %s"
            .formatted(
                told(report.body().get("compared")),
                told(report.body().get("found")),
                told(report.body().get("lagP95")))
        : report.problem();
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
    String at = PROJECTIONS + "/rebuilds/" + told(asked.body().get("number"));
    return awaited(() -> progress(at), progress -> says(progress, "phase", "done"));
  }

  private Json.Obj progress(String at) {
    return callers.operator().get(at).body().get("progress") instanceof Json.Obj progress
        ? progress
        : Json.Obj.EMPTY;
  }

  private void deployment(ConvexClient deployment) throws IOException {
    String version = deployment.open("/version");
    judge(DEPLOYMENT, isFound(version), convex + " answers /version with " + version);
    String name = deployment.open("/instance_name");
    boolean own = isFound(name) && !name.contains("carnitas");
    judge(DEPLOYMENT, own, "/instance_name is answered with " + name);
    String trouble = trouble(callers.operator().get(PROJECTIONS));
    judge(
        DEPLOYMENT,
        trouble.isEmpty(),
        trouble.isEmpty() ? "it takes what the writer sends" : trouble);
  }

  private static boolean isFound(String answer) {
    return answer.startsWith("200 ");
  }

  private static String trouble(Reply status) {
    if (!status.successful()) {
      return status.problem();
    }
    return status.body().get("sinks") instanceof Json.Arr(List<Json> sinks)
            && !sinks.isEmpty()
            && sinks.getFirst() instanceof Json.Obj sink
        ? text(sink, "trouble")
        : "there is no sink: set OA_SINKS=convex";
  }

  private void clients(ConvexClient deployment) throws IOException {
    Reply own;
    Reply other;
    try {
      own = mint(OWNER);
      other = mint(STRANGER);
    } catch (RuntimeUnreachable e) {
      findings.add(Finding.failure(CLIENTS, String.valueOf(e.getMessage())));
      return;
    }
    Reply refused = own.successful() ? other : own;
    String minted = refused.successful() ? "tokens" : refused.problem();
    if (!judge(CLIENTS, refused.successful(), "/api/convex/token gives " + minted)) {
      return;
    }
    Json.Obj args = Json.object().put("runId", run.toString()).build();
    Json.Obj seen = deployment.call("query", "runs:get", args, text(own.body(), "token"));
    boolean asEnded =
        seen.get("value") instanceof Json.Obj summary && says(summary, "status", "completed");
    judge(
        CLIENTS,
        asEnded,
        "its user sees the run " + (asEnded ? "as completed" : "so: " + told(seen)));
    String stranger = text(other.body(), "token");
    Json.Obj hidden = deployment.call("query", "runs:get", args, stranger);
    judge(
        CLIENTS, Json.NULL.equals(hidden.get("value")), "another user sees of it: " + told(hidden));
    WriterFunctions writer = new WriterFunctions(deployment, stranger);
    closed("a client is refused by each of the writer's %d functions", writer.unguarded());
    closed("none of %d functions of the admin key is there for it", writer.reachable());
  }

  private void closed(String claim, List<String> open) {
    String holds = claim.formatted(WriterFunctions.ALL.size());
    judge(
        CLIENTS,
        open.isEmpty(),
        open.isEmpty() ? holds : holds + ", but: " + String.join("; ", open));
  }

  private Reply mint(long user) {
    return callers.clients().apply(user).post("/api/convex/token", Json.Obj.EMPTY);
  }

  private <T> T awaited(Supplier<T> look, Predicate<T> holds) {
    long end = System.nanoTime() + patience.toNanos();
    T seen = look.get();
    while (!holds.test(seen) && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
      seen = look.get();
    }
    return seen;
  }

  private static boolean says(Json.Obj in, String field, String word) {
    return Json.of(word).equals(in.get(field));
  }

  private static String text(Json.Obj in, String field) {
    return in.get(field) instanceof Json.Str(String text) ? text : "";
  }

  private static String told(@Nullable Json value) {
    return value == null ? "nothing" : CanonicalJson.write(value);
  }
}
