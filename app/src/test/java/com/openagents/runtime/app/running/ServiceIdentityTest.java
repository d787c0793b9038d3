package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.app.cli.Commands;
import com.openagents.runtime.app.doctor.Doctor;
import com.openagents.runtime.app.doctor.Finding;
import com.openagents.runtime.app.wiring.RandomIds;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.TokenFile;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services are told apart by the tokens of a real OpenID provider.
@Tag("scenario-27")
class ServiceIdentityTest {

  private static final String KEYS = "k1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  private static final String AUDIENCE = "https://runtime.example.com";

  @TempDir private static Path folder = Path.of("");
  private static OpenIdProvider provider;
  private static RunningService service;

  @BeforeAll
  static void start() {
    provider = new OpenIdProvider();
    service = RunningService.in(folder, settings());
  }

  @AfterAll
  static void stop() {
    service.close();
    provider.close();
  }

  private static Map<String, String> settings() {
    return Map.of(
        "OA_SIGNING_KEYS",
        KEYS,
        "OA_REQUIRE_IDENTITY",
        "on",
        "OA_IDENTITY_ISSUER",
        provider.issuer(),
        "OA_IDENTITY_AUDIENCE",
        AUDIENCE,
        "OA_IDENTITY_SUBJECTS",
        "control-plane,scheduler");
  }

  @Test
  void a_service_of_the_list_may_call_whichever_algorithm_signs_its_token() throws IOException {
    assertThat(start(provider.token("control-plane", AUDIENCE)).status()).isEqualTo(202);
    assertThat(start(provider.token("scheduler", AUDIENCE)).status()).isEqualTo(202);
  }

  @Test
  void a_service_that_is_not_on_the_list_may_not() throws IOException {
    Reply reply = start(provider.token("stranger", AUDIENCE));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(
            Scrape.of(client(null))
                .value("runtime_identity_refused_total", "reason", "subject_not_allowed"))
        .isPositive();
    assertThat(Scrape.of(client(null)).value("runtime_identity_readings_total", "outcome", "read"))
        .isPositive();
  }

  @Test
  void a_token_for_something_else_is_none() throws IOException {
    assertThat(start(provider.token("control-plane", "https://other.example.com")).status())
        .isEqualTo(401);
    assertThat(start(provider.token("control-plane", AUDIENCE + "/opaque")).status())
        .isEqualTo(401);
  }

  @Test
  void a_signature_alone_is_not_enough() {
    assertThat(start(client(null)).status()).isEqualTo(401);
  }

  @Test
  void a_token_that_was_replaced_is_the_one_that_is_shown() throws IOException {
    Path file = write("replaced", "x.y.z");
    RuntimeClient client = client(file);
    assertThat(start(client).status()).isEqualTo(401);
    Files.writeString(file, provider.token("control-plane", AUDIENCE) + "\n");

    assertThat(start(client).status()).isEqualTo(202);
  }

  @Test
  void commands_show_the_token_of_their_file() throws IOException {
    Path file = write("command", provider.token("scheduler", AUDIENCE));
    Map<String, String> variables = new HashMap<>();
    variables.put("OA_SIGNING_KEYS", KEYS);
    String[] start = {
      "run", "start", "--url", service.address().toString(), "--agent", "echo", "hello"
    };

    assertThat(Commands.execute(variables, start)).isNotZero();
    variables.put("OA_IDENTITY_TOKEN_FILE", file.toString());
    assertThat(Commands.execute(variables, start)).isZero();
  }

  @Test
  void the_doctor_reads_the_keys_of_the_issuer() {
    Map<String, String> variables = new HashMap<>(settings());
    variables.put("OA_DATA_DIR", folder.resolve("none").toString());

    assertThat(Doctor.examine(variables))
        .contains(
            new Finding(
                Finding.Verdict.OK, "identity", "asked for; keys of " + provider.issuer() + ": 2"));
    variables.put("OA_IDENTITY_ISSUER", service.address().toString());
    assertThat(Doctor.examine(variables))
        .anySatisfy(finding -> {
          assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAILURE);
          assertThat(finding.text()).startsWith("nobody can call: ").endsWith("answers with 404");
        });
  }

  private static Reply start(String token) throws IOException {
    return start(client(write("token-" + UUID.randomUUID(), token)));
  }

  private static Reply start(RuntimeClient client) {
    return client.start(RunningService.request(new RunId(UUID.randomUUID()), "echo").build());
  }

  private static Path write(String name, String token) throws IOException {
    return Files.writeString(folder.resolve(name), token);
  }

  private static RuntimeClient client(@Nullable Path token) {
    InstantSource clock = InstantSource.system();
    Signer signer = new Signer(SigningKeys.parse(KEYS), clock, new RandomIds(clock));
    TokenFile identity = token == null ? null : new TokenFile(token);
    return new RuntimeClient(
        service.address(), new Credentials(signer, new Principal.User(1), Set.of(), identity));
  }
}
