package com.openagents.runtime.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.running.ConvexDeployment;
import com.openagents.runtime.app.running.Mirror;
import com.openagents.runtime.app.running.Mirror.Answer;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.token.TokenKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the doctor says of a deployment, sound or not.
class ConvexExaminationTest {

  /// As the service calls itself in development.
  private static final String ISSUER = "http://127.0.0.1:4000";

  private static final String KEYS = TokenKeys.generate("t1", false);
  private static final String SIGNING = "k1=c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";
  private static final String ADMIN = "facade|0123456789abcdef";

  private static ConvexDeployment deployment;
  private static Mirror mirror;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void start() throws IOException {
    deployment = ConvexDeployment.believing(ISSUER, TokenKeys.parse(KEYS));
    mirror = new Mirror(deployment.url());
  }

  @AfterAll
  static void stop() {
    mirror.close();
    deployment.close();
  }

  @BeforeEach
  void tellTheTruth() {
    mirror.tellTheTruth();
  }

  private Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("OA_DATA_DIR", folder.toString());
    settings.put("OA_SINKS", "convex");
    settings.put("OA_CONVEX_URL", mirror.address().toString());
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private Map<String, String> signed(String... more) {
    Map<String, String> settings = settings(more);
    settings.put("OA_SIGNING_KEYS", SIGNING);
    return settings;
  }

  private static Finding found(Map<String, String> settings) {
    return ConvexExamination.examine(Settings.read(settings)).orElseThrow();
  }

  private Finding found() {
    return found(signed("OA_TOKEN_KEYS", KEYS, "OA_TOKEN_ISSUER", ISSUER));
  }

  private static void assertFound(Finding found, Finding.Verdict verdict, String... told) {
    assertThat(found.subject()).isEqualTo("convex");
    assertThat(found.text()).contains(told).doesNotContain("0123456789abcdef");
    assertThat(found.verdict()).isEqualTo(verdict);
  }

  @Test
  void nothing_is_said_where_nothing_is_shown() {
    assertThat(ConvexExamination.examine(Settings.read(Map.of()))).isEmpty();
    assertThat(Doctor.examine(settings("OA_CONVEX_ADMIN_KEY", ADMIN)))
        .filteredOn(finding -> finding.subject().equals("convex"))
        .hasSize(1);
  }

  @Test
  void a_deployment_with_the_functions_of_this_release_is_well_for_either_credential() {
    String address = mirror.address().toString();
    assertFound(
        found(), Finding.Verdict.OK, address + " runs functions 1.", " and takes a service token");
    assertFound(
        found(signed("OA_CONVEX_ADMIN_KEY", ADMIN)), Finding.Verdict.OK, "takes an admin key");
  }

  @Test
  void a_key_that_a_start_in_development_made_is_used_and_none_is_made() throws IOException {
    assertFound(
        found(settings()), Finding.Verdict.WARNING, "was not looked at: the first start makes");
    assertThat(folder).isEmptyDirectory();
    Files.writeString(folder.resolve("token.key"), KEYS + "\n");
    assertFound(found(settings()), Finding.Verdict.OK, "takes a service token");
  }

  @Test
  void a_service_without_tokens_to_write_with_is_told_what_to_set() {
    for (Map<String, String> none : List.of(signed(), settings("OA_TOKEN_ISSUER", ISSUER))) {
      assertFound(
          found(none), Finding.Verdict.FAILURE, "set OA_TOKEN_KEYS, or OA_CONVEX_ADMIN_KEY");
    }
  }

  @Test
  void a_deployment_that_is_not_there_is_to_be_started_or_named_otherwise() {
    assertFound(
        found(signed("OA_CONVEX_ADMIN_KEY", ADMIN, "OA_CONVEX_URL", "http://127.0.0.1:1")),
        Finding.Verdict.FAILURE,
        "http://127.0.0.1:1 does not answer: start the deployment, or mend OA_CONVEX_URL");
  }

  @Test
  void one_that_asks_to_wait_is_looked_at_again_later() {
    deployment.order("fault", Json.object().put("path", "writer:version").put("status", 503));
    assertFound(found(), Finding.Verdict.WARNING, "look again later");
  }

  @Test
  void a_credential_that_is_not_taken_is_named_with_what_to_mend() {
    String other = TokenKeys.generate("t1", false);
    assertFound(
        found(signed("OA_TOKEN_KEYS", other, "OA_TOKEN_ISSUER", ISSUER)),
        Finding.Verdict.FAILURE,
        "cannot be written to: it does not take a service token",
        "OA_TOKEN_JWKS");
    assertFound(
        found(signed("OA_CONVEX_ADMIN_KEY", "facade|00")),
        Finding.Verdict.FAILURE,
        "it does not take an admin key: make a new one for OA_CONVEX_ADMIN_KEY");
  }

  @Test
  void functions_that_are_missing_or_others_are_to_be_deployed() {
    deployment.order("fault", Json.object().put("path", "writer:version").put("status", 404));
    assertFound(
        found(), Finding.Verdict.FAILURE, "functions are missing or fail: deploy those of this");
    mirror.lie(
        "writer:version", answer -> answer.saying("\"functions\":\"1.", "\"functions\":\"0."));
    assertFound(found(), Finding.Verdict.FAILURE, "runs functions 0.", ", this writer needs 1.");
  }

  @Test
  void the_instance_that_everybody_knows_is_for_development_alone() throws IOException {
    mirror.lie("GET /instance_name ", _ -> new Answer(200, "carnitas"));
    assertFound(found(), Finding.Verdict.FAILURE, "carnitas is for development: everybody knows");
    Files.writeString(folder.resolve("token.key"), KEYS);
    assertFound(found(settings()), Finding.Verdict.OK, "takes a service token");
  }

  @Test
  void so_is_its_key() {
    String known = "carnitas|0123456789abcdef";
    assertThat(Doctor.examine(signed("OA_CONVEX_ADMIN_KEY", known)))
        .anySatisfy(finding -> {
          assertThat(finding.subject()).isEqualTo("settings");
          assertThat(finding.text())
              .contains("OA_CONVEX_ADMIN_KEY", "whose secret everybody knows")
              .doesNotContain("0123456789abcdef");
        });
    assertThat(Settings.read(settings("OA_CONVEX_ADMIN_KEY", known)).secretTexts()).contains(known);
  }
}
