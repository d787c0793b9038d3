package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.app.embedded.MadeDatabase;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.RandomIds;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.convex.ConvexCredential.ServiceToken;
import com.openagents.runtime.convex.ConvexSettings;
import com.openagents.runtime.convex.ConvexSink;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.token.TokenKeys;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.ThreadSummary;
import com.openagents.runtime.token.WriterTokens;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens of the running service, shown to a deployment that believes its published keys.
@Tag("G14")
class ConvexTenancyTest {

  private static final String ISSUER = "https://runtime.example";
  private static final String KEYS = TokenKeys.generate("t1", false);
  private static final Principal SEVEN = new Principal.User(7);
  private static final Principal EIGHT = new Principal.User(8);
  private static final Instant AT = Instant.parse("2026-11-22T06:00:00.000001Z");

  @TempDir private Path folder = Path.of("");

  @Test
  void each_user_sees_its_own_and_nobody_writes_but_the_projector() {
    try (Service service = service();
        ConvexDeployment deployment =
            new ConvexDeployment(ISSUER, service.address().resolve("/.well-known/jwks.json"))) {
      ConvexSink projector = sink(deployment, projectorTokens());
      projector.open(1);
      projector.begin(1, "thread_summary", 1);
      projector.deliver(1, "thread_summary", 1, List.of(thread("t7", SEVEN), thread("t8", EIGHT)));

      String seven = token(service, SEVEN);
      String eight = token(service, EIGHT);
      assertThat(threads(deployment, seven)).containsExactly("t7");
      assertThat(threads(deployment, eight)).containsExactly("t8");
      assertThat(thread(deployment, "t8", eight)).isInstanceOf(Json.Obj.class);
      assertThat(thread(deployment, "t8", seven)).isEqualTo(Json.NULL);
      assertThat(thread(deployment, "none", seven)).isEqualTo(Json.NULL);

      assertThatThrownBy(() -> sink(deployment, () -> seven).open(2))
          .isInstanceOf(SinkRefusing.class);
      assertThat(deployment.query("threads:mine", page(), projectorTokens().get()).get("errorData"))
          .isEqualTo(Json.object().put("code", "FORBIDDEN").build());
      assertThat(deployment.query("writerInternal:version", Json.object(), seven).get("status"))
          .isEqualTo(Json.of("error"));
    }
  }

  private Service service() {
    Map<String, String> settings =
        Map.of(
            "OA_DATA_DIR",
            MadeDatabase.in(folder).toString(),
            "OA_HTTP_PORT",
            "0",
            "OA_TOKEN_KEYS",
            KEYS,
            "OA_TOKEN_ISSUER",
            ISSUER);
    return Service.start(Settings.read(settings), _ -> {});
  }

  private static Supplier<String> projectorTokens() {
    InstantSource clock = InstantSource.system();
    return new WriterTokens(
        ISSUER, "openagents-convex-writer", TokenKeys.parse(KEYS), clock, new RandomIds(clock));
  }

  private static ConvexSink sink(ConvexDeployment deployment, Supplier<String> tokens) {
    ConvexSettings settings = ConvexSettings.at(deployment.url(), "0.1.0-TEST");
    return new ConvexSink(deployment.http(), settings, new ServiceToken(tokens));
  }

  private static Change thread(String id, Principal owner) {
    RunId run = RunId.parse("01990000-0000-7000-8000-000000000001");
    var latest = new ThreadSummary.Latest(run, AT, "running");
    var counts = new TreeMap<>(Map.of("running", 1L));
    var summary = new ThreadSummary(new ThreadId(id), owner, 3, counts, latest, AT, AT);
    return new Change.Upsert(summary.document(), AT);
  }

  private static String token(Service service, Principal user) {
    RuntimeClient client = new RuntimeClient(service.address(), Credentials.unsigned(user));
    Json token = client.post("/api/convex/token", Json.Obj.EMPTY).body().get("token");
    return token instanceof Json.Str(String text) ? text : "none";
  }

  private static Json.Builder page() {
    Json.Obj options = Json.object().put("numItems", 10).put("cursor", Json.NULL).build();
    return Json.object().put("paginationOpts", options);
  }

  private static List<String> threads(ConvexDeployment deployment, String token) {
    Json.Obj answer = deployment.query("threads:mine", page(), token);
    assertThat(answer.get("status")).as("%s", answer).isEqualTo(Json.of("success"));
    return answer.get("value") instanceof Json.Obj value
            && value.get("page") instanceof Json.Arr(List<Json> page)
        ? page.stream().map(ConvexTenancyTest::threadId).toList()
        : List.of();
  }

  private static String threadId(Json thread) {
    return thread instanceof Json.Obj object
            && object.get("threadId") instanceof Json.Str(String id)
        ? id
        : "none";
  }

  private static Json thread(ConvexDeployment deployment, String id, String token) {
    Json.Obj answer = deployment.query("threads:get", Json.object().put("threadId", id), token);
    Json value = answer.get("value");
    return value == null ? Json.FALSE : value;
  }
}
