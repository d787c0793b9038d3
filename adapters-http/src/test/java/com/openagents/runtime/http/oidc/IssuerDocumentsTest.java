package com.openagents.runtime.http.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys are read from the issuer and from nowhere else.
@Tag("scenario-27")
class IssuerDocumentsTest {

  private static final TestKey RSA = TestKey.rsa("r1");
  private static final TestKey CURVE = TestKey.curve("c1");

  private final TestIssuer issuer = new TestIssuer();
  private final IssuerDocuments documents = new IssuerDocuments(issuer.address());

  @AfterEach
  void close() {
    documents.close();
    issuer.close();
  }

  @Test
  void every_key_is_good_for_the_algorithm_of_its_kind_alone() throws IssuerUnreadable {
    issuer.publish(RSA, CURVE);
    PublishedKeys keys = documents.read();

    assertThat(documents.count()).isEqualTo(2);
    assertThat(keys.find("r1", JWSAlgorithm.RS256)).isNotNull();
    assertThat(keys.find("c1", JWSAlgorithm.ES256)).isNotNull();
    assertThat(keys.find("r1", JWSAlgorithm.ES256)).isNull();
    assertThat(keys.find("c1", JWSAlgorithm.RS256)).isNull();
    assertThat(keys.find("r1", JWSAlgorithm.HS256)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kty\":\"oct\",\"kid\":\"x\",\"k\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"x\","
            + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
        "{\"kty\":\"XYZ\",\"kid\":\"x\"}",
        "{\"kty\":\"RSA\",\"kid\":\"x\",\"n\":\"AQ\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"x\",\"x\":\"AQ\",\"y\":\"AQ\"}",
        "{}",
        "[]",
        "\"x\"",
        "1"
      })
  void a_key_of_another_kind_spoils_no_other(String key) throws IssuerUnreadable {
    issuer.publishText(TestKey.document(RSA).replace("[", "[" + key + ","));

    assertThat(documents.read().verifiers().keySet())
        .containsExactly(new PublishedKeys.Id("r1", JWSAlgorithm.RS256));
  }

  @Test
  void a_key_that_is_short_or_for_something_else_is_left_out() {
    for (TestKey key :
        new TestKey[] {
          TestKey.rsa("x", 1024), TestKey.curve("x", Curve.P_384, JWSAlgorithm.ES384)
        }) {
      issuer.publish(key);
      refused("has no key for RS256 or ES256");
    }
    for (String use : new String[] {"\"use\":\"enc\"", "\"alg\":\"PS256\""}) {
      issuer.publishText(TestKey.document(RSA).replace("\"kid\"", use + ",\"kid\""));
      refused("has no key for RS256 or ES256");
    }
    issuer.publishText(TestKey.document(RSA).replace("\"kid\":\"r1\",", ""));
    refused("has no key for RS256 or ES256");
  }

  @Test
  void a_document_of_another_issuer_is_refused() {
    issuer.publish(RSA);
    for (String other : new String[] {"/", "https://issuer.example.com"}) {
      String name = other.startsWith("/") ? issuer.address() + other : other;
      issuer.discover(TestIssuer.discovery(name, issuer.address() + "/keys"));
      refused("is the document of another issuer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example.com/keys",
        "http://169.254.169.254/keys",
        "file:///etc/passwd",
        "/keys",
        "https://user@issuer.example.com/keys"
      })
  void keys_that_could_be_anybodys_are_not_read(String jwksUri) {
    issuer.discover(TestIssuer.discovery(issuer.address().text(), jwksUri));
    refused("names a jwks_uri that is not over https");
    assertThat(issuer.asked()).isOne();
  }

  @Test
  void no_redirection_is_followed() {
    issuer.publish(RSA);
    issuer.redirectTo(issuer.address() + "/elsewhere");
    refused("answers with 302");
    assertThat(issuer.asked()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "keys", "[]", "null", "{\"keys\":1}", "{\"keys\":{}}", "{}"})
  void what_is_no_key_set_is_refused(String text) {
    issuer.publishText(text);
    refused("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"issuer\":1}"})
  void what_is_no_discovery_document_is_refused(String text) {
    issuer.discover(text);
    refused("");
  }

  @Test
  void an_endless_document_is_not_read_to_its_end() {
    issuer.publishText(TestKey.document(RSA) + " ".repeat(256 << 10));
    refused("cannot be read");
  }

  @Test
  void an_issuer_that_does_not_answer_is_not_waited_for() {
    issuer.fallSilent();
    try (var hasty = new IssuerDocuments(issuer.address(), Duration.ofMillis(100))) {
      assertThatExceptionOfType(IssuerUnreadable.class)
          .isThrownBy(hasty::read)
          .withMessageContaining("does not answer within 100 ms");
    }
  }

  @Test
  void an_issuer_in_trouble_is_unreadable() {
    issuer.answerWith(500);
    refused("answers with 500");
    issuer.close();
    refused("cannot be read");
  }

  private void refused(String message) {
    assertThatExceptionOfType(IssuerUnreadable.class)
        .isThrownBy(documents::read)
        .withMessageContaining(message);
  }
}
