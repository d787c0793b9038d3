package com.openagents.runtime.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final String KEYS = "k1=MDEyMzQ1Njc4OWFiY2RlZg";

  private static Settings read(String... namesAndValues) {
    var environment = new HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Settings.read(environment);
  }

  private static List<String> problems(String... namesAndValues) {
    var refused = catchThrowableOfType(SettingsRefused.class, () -> read(namesAndValues));
    return refused.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void without_any_there_are_defaults() {
    var settings = read();
    assertThat(settings.get(Catalog.HTTP_HOST)).isEqualTo("127.0.0.1");
    assertThat(settings.get(Catalog.HTTP_PORT)).isEqualTo(4000);
    assertThat(settings.get(Catalog.LEASE_TTL)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.get(Catalog.MIGRATE_ON_START)).isTrue();
    assertThat(settings.get(Catalog.MAX_BODY)).isEqualTo(1 << 20);
    assertThat(settings.find(Catalog.DATABASE_URL)).isEmpty();
    assertThat(settings.find(Catalog.SIGNING_KEYS)).isEmpty();
  }

  @Test
  void the_environment_is_read() {
    var settings =
        read(
            "OA_HTTP_PORT", "0",
            "OA_LEASE_TTL", " 750ms ",
            "OA_MODEL_BASE_URL", "https://models.example/v1",
            "OA_MODEL_NAME", "m-1",
            "OA_LOG_FORMAT", "json",
            "OA_CORS_ORIGINS", "https://a.example, http://localhost:3000",
            "OA_DATA_DIR", "/var/lib/x/../oa",
            "PATH", "/bin");
    assertThat(settings.get(Catalog.HTTP_PORT)).isZero();
    assertThat(settings.get(Catalog.LEASE_TTL)).isEqualTo(Duration.ofMillis(750));
    assertThat(settings.find(Catalog.MODEL_BASE_URL))
        .contains(URI.create("https://models.example/v1"));
    assertThat(settings.find(Catalog.LOG_FORMAT)).contains(LogFormat.JSON);
    assertThat(settings.find(Catalog.CORS_ORIGINS))
        .contains(List.of("https://a.example", "http://localhost:3000"));
    assertThat(settings.find(Catalog.DATA_DIR)).contains(Path.of("/var/lib/oa"));
  }

  @Test
  void a_blank_value_counts_as_none() {
    assertThat(read("OA_HTTP_PORT", " ", "OA_SIGNING_KEYS", "").get(Catalog.HTTP_PORT))
        .isEqualTo(4000);
  }

  @Test
  void every_problem_is_named_at_once() {
    assertThat(
            problems(
                "OA_HTTP_PORT", "http",
                "OA_HTPT_HOST", "127.0.0.1",
                "OA_LEASE_TTL", "30",
                "OA_MIGRATE_ON_START", "yes",
                "OA_COLOUR", "red",
                "DATABASE_URL", "mysql://root:hunter22@db/x"))
        .containsExactlyInAnyOrder(
            "OA_HTTP_PORT: 'http' is no port between 0 and 65535",
            "OA_HTPT_HOST: is no setting; did you mean OA_HTTP_HOST?",
            "OA_LEASE_TTL: '30' is no duration such as 250ms, 30s, 15m, 24h or 7d",
            "OA_MIGRATE_ON_START: 'yes' is neither true nor false",
            "OA_COLOUR: is no setting",
            "DATABASE_URL: the value has not the form postgresql://user:password@host:port/database"
                + " (special characters percent-encoded) or jdbc:postgresql://host:port/database");
  }

  @ParameterizedTest
  @CsvSource({
    "OA_BLOB_STORE, postgres",
    "OA_SINKS, none",
    "OA_PUBLIC_HTTP_PORT, ' '",
    "OA_TOKEN_KEYS, ''"
  })
  void what_comes_later_may_have_its_default_already(String name, String value) {
    assertThat(read(name, value).get(Catalog.HTTP_PORT)).isEqualTo(4000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"OA_BLOB_STORE       | file:/var/blobs | this version takes postgres alone"})
  void another_value_of_it_is_refused_as_coming_later(String name, String value, String advice) {
    assertThat(problems(name, value)).containsExactly(name + ": comes later; " + advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OA_HTTP_PORT        | 65536",
        "OA_HTTP_PORT        | -1",
        "OA_HTTP_HOST        | a b",
        "OA_LEASE_TTL        | 1ms",
        "OA_LEASE_TTL        | 11m",
        "OA_POLL_INTERVAL    | 1h",
        "OA_JANITOR_INTERVAL | 0s",
        "OA_MAX_BODY         | 0",
        "OA_MAX_BODY         | 4GiB",
        "OA_MAX_BODY         | 1MB",
        "OA_MAX_EXECUTING    | 0",
        "OA_MAX_STREAMS      | many",
        "OA_MAX_EVENTS       | 9999999999999999999",
        "OA_MAX_BYTES        | 0",
        "OA_MAX_BYTES        | 1025GiB",
        "OA_MAX_BYTES        | 9999999999GiB",
        "OA_NODE_ID          | two words",
        "OA_LOG_FORMAT       | JSON",
        "OA_CORS_ORIGINS     | *",
        "OA_CORS_ORIGINS     | https://a.example/path",
        "OA_METRICS_PUBLIC   | 1",
        "OA_SIGNING_KEYS     | secret",
        "OA_SIGNING_KEYS     | k1=c2hvcnQ",
        "OA_SEAL_KEY         | c2hvcnQ",
        "OA_REQUIRE_IDENTITY | yes",
        "OA_IDENTITY_ISSUER  | http://issuer.example.com",
        "OA_IDENTITY_ISSUER  | https://issuer.example.com?x=1",
        "OA_IDENTITY_AUDIENCE | two words",
        "OA_IDENTITY_SUBJECTS | a,,b",
        "OA_IDENTITY_SUBJECTS | system:serviceaccount:chat:*",
      })
  void a_malformed_value_is_refused(String name, String value) {
    assertThat(problems(name, value)).hasSize(1).first().asString().startsWith(name + ": ");
  }

  @ParameterizedTest
  @CsvSource({"OA_MAX_STREAMS", "OA_MAX_OPENING", "OA_MAX_EXECUTING", "OA_MAX_QUEUED_PER_RUN"})
  void a_count_that_no_node_can_hold_is_refused(String name) {
    assertThat(problems(name, "99999999999"))
        .containsExactly(name + ": '99999999999' is not between 1 and 1000000000");
    assertThat(read(name, "1000000000")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OA_MAX_BYTES | 1024GiB    | 1025GiB             | 1024GiB",
        "OA_MAX_BYTES | 1099511627776 | 999999999999999999GiB | 1024GiB",
        "OA_MAX_BODY  | 2147483647 | 2GiB                | 2147483647 bytes"
      })
  void the_bound_of_a_size_that_is_named_is_itself_allowed(
      String name, String most, String more, String bound) {
    assertThat(read(name, most)).isNotNull();
    assertThat(problems(name, more))
        .containsExactly(name + ": '" + more + "' is not between 1 byte and " + bound);
  }

  @ParameterizedTest
  @CsvSource({
    "OA_MODEL_BASE_URL, ftp://models.example",
    "OA_MODEL_BASE_URL, https://user:pass@models.example/v1",
    "OA_MODEL_BASE_URL, https://models.example/v1?key=1",
    "OA_MODEL_BASE_URL, https://models.example/v1#part",
  })
  void an_odd_model_address_is_refused(String name, String value) {
    assertThat(problems(name, value, "OA_MODEL_NAME", "m")).hasSize(1);
  }

  @Test
  void an_identity_that_is_asked_for_needs_to_be_told_from_others() {
    assertThat(problems("OA_REQUIRE_IDENTITY", "on"))
        .containsExactly(
            "OA_SIGNING_KEYS: is needed, because OA_REQUIRE_IDENTITY is on",
            "OA_IDENTITY_ISSUER: is needed, because OA_REQUIRE_IDENTITY is on",
            "OA_IDENTITY_AUDIENCE: is needed, because OA_REQUIRE_IDENTITY is on",
            "OA_IDENTITY_SUBJECTS: is needed, because OA_REQUIRE_IDENTITY is on");
    String[] all = {
      "OA_REQUIRE_IDENTITY", "on",
      "OA_SIGNING_KEYS", KEYS,
      "OA_IDENTITY_ISSUER", "https://issuer.example.com/",
      "OA_IDENTITY_AUDIENCE", "runtime",
      "OA_IDENTITY_SUBJECTS", "system:serviceaccount:chat:control-plane, 1234",
    };
    var settings = read(all);
    assertThat(settings.get(Catalog.REQUIRE_IDENTITY)).isTrue();
    assertThat(settings.find(Catalog.IDENTITY_ISSUER).orElseThrow().text())
        .isEqualTo("https://issuer.example.com/");
    assertThat(settings.find(Catalog.IDENTITY_SUBJECTS))
        .contains(Set.of("system:serviceaccount:chat:control-plane", "1234"));
    all[1] = "off";
    assertThat(read(all).get(Catalog.REQUIRE_IDENTITY)).isFalse();
    assertThat(read("OA_IDENTITY_AUDIENCE", "runtime").get(Catalog.REQUIRE_IDENTITY)).isFalse();
  }

  @Test
  @Tag("G15")
  void no_value_of_a_secret_is_shown() {
    String[] secrets = {
      "DATABASE_URL", "hunter22://x",
      "OA_SIGNING_KEYS", "k1=hunter22",
      "OA_SEAL_KEY", "hunter22",
      "OA_MODEL_API_KEY", "hunter22 hunter22",
    };
    assertThat(problems(secrets)).hasSize(5);
    assertThatThrownBy(() -> read(secrets)).message().doesNotContain("hunter22");

    var settings = read("DATABASE_URL", "postgresql://u:hunter22@h/d", "OA_SIGNING_KEYS", KEYS);
    assertThat(settings.find(Catalog.DATABASE_URL).orElseThrow().toString())
        .doesNotContain("hunter22");
    assertThat(settings.find(Catalog.SIGNING_KEYS).orElseThrow().toString())
        .doesNotContain("MDEyMzQ1");
    assertThat(settings.secretTexts()).contains(KEYS, "MDEyMzQ1Njc4OWFiY2RlZg", "hunter22");
  }

  @Test
  void a_repeated_value_stays_on_its_line() {
    assertThat(problems("OA_HTTP_PORT", "4\n0\u001b[31m" + "x".repeat(100)))
        .containsExactly(
            "OA_HTTP_PORT: '4?0?[31m" + "x".repeat(52) + "…' is no port between 0 and 65535");
  }

  @Test
  void listening_beyond_this_machine_needs_signing_keys() {
    for (String host : List.of("0.0.0.0", "::", "192.0.2.1")) {
      assertThat(problems("OA_HTTP_HOST", host))
          .containsExactly(
              "OA_HTTP_HOST: listening on '%s', beyond this machine, needs OA_SIGNING_KEYS"
                  .formatted(host));
      assertThat(read("OA_HTTP_HOST", host, "OA_SIGNING_KEYS", KEYS).get(Catalog.HTTP_HOST))
          .isEqualTo(host);
    }
    for (String host : List.of("localhost", "127.0.0.2", "::1")) {
      assertThat(read("OA_HTTP_HOST", host).get(Catalog.HTTP_HOST)).isEqualTo(host);
    }
  }

  @Test
  void a_host_that_nobody_knows_is_refused() {
    assertThat(problems("OA_HTTP_HOST", "nobody.invalid"))
        .containsExactly("OA_HTTP_HOST: 'nobody.invalid' is no known host");
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "90s, PT1M30S", "15m, PT15M", "1h, PT1H"})
  void durations_have_their_units(String text, Duration duration) {
    assertThat(read("OA_OVERLOAD_MAILBOX_AGE", text).get(Catalog.OVERLOAD_MAILBOX_AGE))
        .isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "65536, 65536",
    "20000000000, 20000000000",
    "512KiB, 524288",
    "3MiB, 3145728",
    "1GiB, 1073741824"
  })
  void sizes_have_their_units(String text, long bytes) {
    assertThat(read("OA_MAX_BYTES", text).get(Catalog.MAX_BYTES)).isEqualTo(bytes);
  }

  @Test
  void a_path_may_begin_at_home() {
    Path home = Path.of(System.getProperty("user.home", ""));
    assertThat(read("OA_DATA_DIR", "~/oa").find(Catalog.DATA_DIR)).contains(home.resolve("oa"));
    assertThat(read("OA_DATA_DIR", "~").find(Catalog.DATA_DIR)).contains(home);
  }

  @Test
  void parts_of_a_model_endpoint_demand_each_other() {
    assertThat(problems("OA_MODEL_BASE_URL", "https://models.example/v1"))
        .containsExactly("OA_MODEL_NAME: is needed, because OA_MODEL_BASE_URL is set");
    assertThat(problems("OA_MODEL_NAME", "m"))
        .containsExactly("OA_MODEL_BASE_URL: is needed, because OA_MODEL_NAME is set");
    assertThat(problems("OA_MODEL_API_KEY", "k"))
        .containsExactly("OA_MODEL_BASE_URL: is needed, because OA_MODEL_API_KEY is set");
  }

  @Test
  void the_defaults_are_what_their_own_parsers_read() {
    for (Setting<?> setting : Catalog.ALL) {
      if (setting instanceof Setting.Preset<?> preset) {
        assertThat(preset.parser().parse(preset.preset())).as(preset.name()).isNotNull();
      }
    }
    assertThat(Catalog.ALL).extracting(Setting::name).doesNotHaveDuplicates();
  }

  @Test
  void variables_of_others_are_left_alone() {
    assertThat(Settings.read(Map.of("HOME", "/x", "DATABASE", "y", "PORT", "z"))).isNotNull();
  }
}
