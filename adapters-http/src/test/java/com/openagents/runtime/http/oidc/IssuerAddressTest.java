package com.openagents.runtime.http.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys come over TLS, or from this machine.
@Tag("scenario-27")
class IssuerAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://accounts.google.com",
        "https://token.actions.githubusercontent.com/",
        "https://issuer.example.com:8443/tenant/v2.0",
        "HTTPS://issuer.example.com",
        "http://127.0.0.1:4400",
        "http://127.8.8.8",
        "http://localhost:4400",
        "http://[::1]:4400"
      })
  void an_address_over_tls_or_on_this_machine_is_taken(String text) {
    assertThat(new IssuerAddress(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "issuer.example.com",
        "http://issuer.example.com",
        "http://169.254.169.254/latest",
        "http://0x7f.1",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://[::ffff:169.254.169.254]",
        "file:///etc/passwd",
        "ftp://127.0.0.1",
        "gopher://127.0.0.1:70/1",
        "jar:https://issuer.example.com!/keys",
        "https:///keys",
        "https:keys",
        "https://user:secret@issuer.example.com",
        "https://issuer.example.com?x=1",
        "https://issuer.example.com#x",
        "https://issuer.example.com/ x"
      })
  void any_other_address_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new IssuerAddress(text));
  }

  @Test
  void the_document_of_an_issuer_lies_below_its_address() {
    assertThat(new IssuerAddress("https://issuer.example.com/tenant").discovery())
        .hasToString("https://issuer.example.com/tenant/.well-known/openid-configuration");
    assertThat(new IssuerAddress("https://issuer.example.com/").discovery())
        .hasToString("https://issuer.example.com/.well-known/openid-configuration");
  }

  @Test
  void an_issuer_elsewhere_sends_nobody_to_this_machine_without_tls() {
    var elsewhere = new IssuerAddress("https://issuer.example.com");
    var here = new IssuerAddress("http://127.0.0.1:4000");
    String keys = "https://keys.example.com";
    String audit = "http://127.0.0.1:4000/internal/v1/audit";

    assertThat(elsewhere.keysAt(keys)).hasToString(keys);
    assertThat(here.keysAt(keys)).hasToString(keys);
    assertThat(here.keysAt(audit)).hasToString(audit);
    assertThatIllegalArgumentException().isThrownBy(() -> elsewhere.keysAt(audit));
  }
}
