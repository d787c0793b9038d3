package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.embedded.MadeDatabase;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.RandomIds;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.oidc.IssuerAddress;
import com.openagents.runtime.http.oidc.IssuerDocuments;
import com.openagents.runtime.http.token.TokenKeys;
import com.openagents.runtime.identity.Principal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients reach, and what they do not.
@Tag("G14")
class ClientsListenerTest {

  private static final String SIGNING = "k1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  private static final String CONVEX = "/api/convex/token";
  private static final List<String> FOR_CLIENTS =
      List.of("/.well-known/jwks.json", "/.well-known/openid-configuration");
  private static final List<String> PROBES = List.of("/health/live", "/health/ready");
  private static final List<String> INTERNAL =
      List.of(
          "/internal/v1/runs",
          "/internal/v1/audit",
          "/internal/v1/token-revocations",
          "/internal/v1/seal-keys",
          "/metrics");

  @TempDir private static Path shared = Path.of("");
  private static EmbeddedPostgres database;

  /// Where one test's services keep their keys.
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void start() {
    database = MadeDatabase.start(shared);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  /// A service over the one database, with a folder of its own.
  private Service service(Map<String, String> more) {
    Endpoint at = database.endpoint();
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "DATABASE_URL",
        "postgresql://%s:%s@%s/%s"
            .formatted(at.user(), at.password(), at.address(), at.database()));
    settings.put("OA_NODE_ID", "node-of-" + folder.getFileName());
    settings.put("OA_DATA_DIR", folder.toString());
    settings.put("OA_HTTP_PORT", "0");
    settings.putAll(more);
    return Service.start(Settings.read(settings), _ -> {});
  }

  private static RuntimeClient client(URI address) {
    InstantSource clock = InstantSource.system();
    Signer signer = new Signer(SigningKeys.parse(SIGNING), clock, new RandomIds(clock));
    Principal user = new Principal.User(7);
    return new RuntimeClient(address, new Credentials(signer, user, Set.of("operator"), null));
  }

  private static int status(URI address, String path) {
    return client(address).get(path).status();
  }

  @Test
  void signed_the_two_listeners_have_nothing_but_probes_in_common() {
    try (Service service =
        service(
            Map.of(
                "OA_SIGNING_KEYS",
                SIGNING,
                "OA_PUBLIC_HTTP_PORT",
                "0",
                "OA_TOKEN_KEYS",
                TokenKeys.generate("t1", false),
                "OA_TOKEN_ISSUER",
                "https://runtime.example"))) {
      URI internal = service.address();
      URI forClients = service.addressForClients().orElseThrow();
      assertThat(FOR_CLIENTS).allMatch(path -> status(forClients, path) == 200);
      assertThat(FOR_CLIENTS).allMatch(path -> status(internal, path) == 404);
      assertThat(INTERNAL).allMatch(path -> status(internal, path) == 200);
      assertThat(INTERNAL).allMatch(path -> status(forClients, path) == 404);
      assertThat(PROBES)
          .allMatch(path -> status(forClients, path) == 200 && status(internal, path) == 200);

      Reply minted = client(forClients).post(CONVEX, Json.Obj.EMPTY);
      assertThat(minted.body().get("subject")).isEqualTo(Json.of("user:7"));
      assertThat(minted.body().get("issuer")).isEqualTo(Json.of("https://runtime.example"));
      assertThat(client(internal).post(CONVEX, Json.Obj.EMPTY).status()).isEqualTo(404);
      Json.Obj asked =
          Json.object().put("kind", "convex").put("token", minted.body().get("token")).build();
      assertThat(client(internal).post("/internal/v1/tokens/introspect", asked).body())
          .extracting(body -> body.get("verdict"))
          .isEqualTo(Json.of("good"));
      assertThat(
              Scrape.of(client(internal))
                  .value("runtime_tokens_total", "kind", "convex", "outcome", "issued"))
          .isOne();
    }
  }

  @Test
  void signed_and_without_a_port_for_them_clients_reach_nothing() {
    try (Service service = service(Map.of("OA_SIGNING_KEYS", SIGNING))) {
      assertThat(service.addressForClients()).isEmpty();
      assertThat(FOR_CLIENTS).allMatch(path -> status(service.address(), path) == 404);
      assertThat(status(service.address(), "/internal/v1/runs")).isEqualTo(200);
    }
  }

  @Test
  void signed_and_without_keys_there_are_no_tokens() {
    Map<String, String> settings = Map.of("OA_SIGNING_KEYS", SIGNING, "OA_PUBLIC_HTTP_PORT", "0");
    try (Service service = service(settings)) {
      URI forClients = service.addressForClients().orElseThrow();
      assertThat(client(forClients).post(CONVEX, Json.Obj.EMPTY).status()).isEqualTo(503);
      assertThat(FOR_CLIENTS).allMatch(path -> status(forClients, path) == 503);
      assertThat(folder.resolve("token.key")).doesNotExist();
    }
  }

  @Test
  void in_development_one_listener_does_and_a_key_is_kept() throws Exception {
    Json keys;
    try (Service service = service(Map.of())) {
      URI address = service.address();
      assertThat(service.addressForClients()).isEmpty();
      RuntimeClient user = new RuntimeClient(address, Credentials.unsigned(new Principal.User(7)));
      Reply minted = user.post(CONVEX, Json.Obj.EMPTY);
      assertThat(minted.body().get("subject")).isEqualTo(Json.of("user:7"));
      assertThat(minted.body().get("issuer")).isEqualTo(Json.of(address.toString()));
      assertThat(user.get("/internal/v1/runs").status()).isEqualTo(200);
      try (var documents = new IssuerDocuments(new IssuerAddress(address.toString()))) {
        assertThat(documents.count()).isOne();
      }
      keys = user.get("/.well-known/jwks.json").body();
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("token.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (Service again = service(Map.of())) {
      RuntimeClient user =
          new RuntimeClient(again.address(), Credentials.unsigned(new Principal.User(7)));
      assertThat(user.get("/.well-known/jwks.json").body()).isEqualTo(keys);
    }
  }

  @Test
  void where_another_service_mints_its_tokens_are_verified_here() {
    try (Service mint = service(Map.of())) {
      RuntimeClient user =
          new RuntimeClient(mint.address(), Credentials.unsigned(new Principal.User(7)));
      Json token = user.post(CONVEX, Json.Obj.EMPTY).body().get("token");
      folder = folder.resolve("other");
      try (Service other = service(Map.of("OA_TOKEN_ISSUER", mint.address().toString()))) {
        RuntimeClient there =
            new RuntimeClient(other.address(), Credentials.unsigned(new Principal.User(7)));
        Reply refused = there.post(CONVEX, Json.Obj.EMPTY);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).contains(mint.address().toString());
        Json.Obj asked = Json.object().put("kind", "convex").put("token", token).build();
        assertThat(there.post("/internal/v1/tokens/introspect", asked).body().get("verdict"))
            .isEqualTo(Json.of("good"));
      }
    }
  }
}
