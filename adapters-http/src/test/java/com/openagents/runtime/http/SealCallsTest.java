package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs leave the service sealed, and a change to one is named.
class SealCallsTest {

  private static final String VERIFY = "/internal/v1/runs/verify";

  private static Service service;
  private static byte[] bundle;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    service.client().post("/internal/v1/runs", Started.echo(1, "hello"));
    Streams.readToTheEnd(service.client(), Started.path(1) + "/stream");
    bundle = service.client().get(Started.path(1) + "/export").response().body();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void an_exported_run_is_intact_and_trusted() {
    Reply report = verify(bundle);

    assertThat(report.string("verdict")).isEqualTo("intact");
    assertThat(report.flag("trusted")).isTrue();
    assertThat(report.string("runId")).isEqualTo(Started.runId(1).toString());
    assertThat(report.number("throughSeq"))
        .isEqualTo(service.client().get(Started.path(1)).number("lastSeq"));
  }

  @Test
  void what_another_node_of_the_installation_sealed_is_trusted() {
    service.client().post("/internal/v1/runs", Started.echo(2, "hello"));
    Streams.readToTheEnd(service.client(), Started.path(2) + "/stream");
    Signer other = Service.sealSigner();
    new Sealer(service.store().log(), service.store().seals(), other, InstantSource.system())
        .seal(Started.runId(2));
    Reply report = verify(service.client().get(Started.path(2) + "/export").response().body());

    assertThat(report.string("publicKey")).isEqualTo(other.keyId());
    assertThat(report.flag("trusted")).isTrue();
    assertThat(service.client().get("/internal/v1/seal-keys").string("keys", 0))
        .isIn(other.keyId(), verify(bundle).string("publicKey"));
    assertThat(service.client().get("/internal/v1/seal-keys").text())
        .contains(other.keyId(), verify(bundle).string("publicKey"));
  }

  @Test
  void what_nobody_of_the_installation_sealed_is_intact_and_not_trusted() {
    try (Service elsewhere = new Service(Service.Settings.SIGNED)) {
      Reply report = verify(elsewhere, bundle);

      assertThat(report.string("verdict")).isEqualTo("intact");
      assertThat(report.flag("trusted")).isFalse();
    }
  }

  @Test
  void an_export_is_the_same_every_time() {
    assertThat(service.client().get(Started.path(1) + "/export").response().body())
        .isEqualTo(bundle);
  }

  @Test
  void a_byte_that_was_flipped_is_named_by_its_sequence() {
    List<String> lines = new String(bundle, StandardCharsets.UTF_8).lines().toList();
    int at = 0;
    for (int line = 0; line < lines.size(); line++) {
      byte[] changed = bundle.clone();
      changed[at + lines.get(line).length() / 2] ^= 1;
      Reply report = verify(changed);

      assertThat(report.string("verdict")).as("line %d", line).isEqualTo("broken");
      assertThat(report.number("seq")).isEqualTo(Math.max(0, line - 1));
      at += lines.get(line).getBytes(StandardCharsets.UTF_8).length + 1;
    }
  }

  @Test
  void the_last_line_feed_may_be_missing_and_nothing_else() {
    assertThat(verify(Arrays.copyOf(bundle, bundle.length - 1)).string("verdict"))
        .isEqualTo("intact");
    assertThat(verify(Arrays.copyOf(bundle, bundle.length - 2)).string("verdict"))
        .isEqualTo("broken");
    assertThat(verify(Arrays.copyOf(bundle, bundle.length + 1)).string("verdict"))
        .isEqualTo("broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "no bundle\n", "\n\n\n", "{\"bundle\":1}\n"})
  void what_is_no_bundle_is_broken_and_no_error(String text) {
    Reply report = verify(text.getBytes(StandardCharsets.UTF_8));

    assertThat(report.status()).isEqualTo(200);
    assertThat(report.string("verdict")).isEqualTo("broken");
  }

  @Test
  void a_bundle_of_another_content_type_is_refused() {
    assertThat(service.client().post(VERIFY, "{}").refusal())
        .isEqualTo("415 unsupported_media_type");
  }

  private static Reply verify(byte[] bytes) {
    return verify(service, bytes);
  }

  private static Reply verify(Service at, byte[] bytes) {
    return at.client().with("Content-Type", "application/x-ndjson").send("POST", VERIFY, bytes);
  }
}
