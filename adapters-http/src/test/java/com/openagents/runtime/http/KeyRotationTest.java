package com.openagents.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.oidc.TestKey;
import com.openagents.runtime.http.token.TokenKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys are replaced while tokens are in use, and a JOSE implementation that is not ours verifies
/// each token through the keys as they are published at the time.
@Tag("G14")
class KeyRotationTest {

  private static final String ISSUER = "https://runtime.example";
  private static final TestKey OLD = TestKey.curve("2026-01");
  private static final TestKey NEW = TestKey.rsa("2026-02");

  private final List<Service> steps = new ArrayList<>();
  private final List<Json> cases = new ArrayList<>();

  @AfterEach
  void stop() {
    steps.forEach(Service::close);
  }

  private Service step(String... keys) {
    String set = "{\"keys\":[" + String.join(",", keys) + "]}";
    Service service =
        new Service(
            Service.Settings.SIGNED.with(Trust.USUAL.issuedBy(ISSUER).with(TokenKeys.parse(set))));
    steps.add(service);
    return service;
  }

  private static String whole(TestKey key) {
    return key.jwk().toJSONString();
  }

  private static String published(TestKey key) {
    return key.jwk().toPublicJWK().toJSONString();
  }

  private static String mint(Service service, String kind) {
    return service.client().post("/api/" + kind + "/token", "{}").string("token");
  }

  private void verify(String name, String token, Service at, boolean good) {
    Json.Obj header = TokenCallsTest.part(token, 0);
    cases.add(
        Json.object()
            .put("name", name)
            .put("token", token)
            .put("keys", "http://127.0.0.1:" + at.port() + "/.well-known/jwks.json")
            .put("discovery", "http://127.0.0.1:" + at.port() + "/.well-known/openid-configuration")
            .put("audience", TokenCallsTest.part(token, 1).get("aud"))
            .put("algorithm", header.get("alg"))
            .put("good", good)
            .build());
  }

  @Test
  void a_token_is_good_for_as_long_as_its_key_is_published(@TempDir Path folder) throws Exception {
    Service before = step(whole(OLD));
    Service announced = step(whole(OLD), whole(NEW));
    Service replaced = step(whole(NEW), published(OLD));
    Service after = step(whole(NEW));
    for (String kind : List.of("convex", "sync")) {
      String first = mint(before, kind);
      String second = mint(announced, kind);
      String third = mint(replaced, kind);
      verify("a first " + kind + " token", first, before, true);
      verify("a " + kind + " token of the old key beside the new", second, announced, true);
      verify("a " + kind + " token of the old key where the new signs", second, replaced, true);
      verify("a " + kind + " token of the new key where it was announced", third, announced, true);
      verify("a " + kind + " token of the new key", third, after, true);
      verify("a " + kind + " token of the new key where nobody knows it", third, before, false);
      verify("a " + kind + " token of the old key where it was taken away", first, after, false);
      assertThat(TokenCallsTest.part(second, 0).get("alg"))
          .isEqualTo(Json.of(JWSAlgorithm.ES256.getName()));
      assertThat(TokenCallsTest.part(third, 0).get("alg"))
          .isEqualTo(Json.of(JWSAlgorithm.RS256.getName()));
    }

    verify("the writer's token", before.tokens().writer(), before, true);

    assertThat(referee(folder)).containsPattern("pass 20").containsPattern("fail 0");
  }

  private String referee(Path folder) throws IOException, InterruptedException {
    Json.Obj all = Json.object().put("issuer", ISSUER).put("cases", Json.array(cases)).build();
    Path file = Files.writeString(folder.resolve("tokens.json"), CanonicalJson.write(all));
    ProcessBuilder builder =
        new ProcessBuilder("bash", "src/test/node/run", "tokens.mjs").redirectErrorStream(true);
    builder.environment().put("OA_TOKENS", file.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
