package com.openagents.runtime.http.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityVerdict.Proven;
import com.openagents.runtime.http.oidc.IssuerAddress;
import com.openagents.runtime.http.oidc.TestKey;
import com.openagents.runtime.http.oidc.TrustedIssuer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// An identity token. After `=` come its header and, in the next line, its claims, which are signed
/// here with the right key; anything else is a whole token.
///
/// The law: what is accepted was signed by the issuer's key with the one algorithm that it is for,
/// for this audience and a service of the list, is in time, and brings no key along.
final class IdentityParser implements Parser {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final TestKey KEY = TestKey.curve("c1");
  private static final String ISSUER = "https://issuer.example.com";
  private static final Set<String> SUBJECTS = Set.of("control-plane", "scheduler");

  private final IdentityTokens tokens =
      new IdentityTokens(
          new TrustedIssuer(new IssuerAddress(ISSUER), "runtime", SUBJECTS),
          KEY.published(),
          InstantSource.fixed(NOW));

  @Override
  public boolean takes(byte[] input) {
    String text = new String(input, ISO_8859_1);
    String token = text.startsWith("=") ? signed(text.substring(1)) : text;
    if (!(tokens.verify(token) instanceof Proven(String subject, _))) {
      return false;
    }
    List<String> parts = List.of(token.split("\\.", -1));
    assertThat(parts).hasSize(3);
    assertSigned(parts);
    Json.Obj header = object(parts.get(0));
    assertThat(header.get("alg")).isEqualTo(Json.of("ES256"));
    assertThat(header.get("kid")).isEqualTo(Json.of("c1"));
    assertThat(header.fields()).doesNotContainKeys("crit", "b64", "jku", "jwk", "x5u", "x5c");
    assertMeant(object(parts.get(1)), subject);
    return true;
  }

  private static String signed(String text) {
    int end = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
    String parts = encoded(text.substring(0, end)) + "." + encoded(text.substring(end).strip());
    return parts + "." + KEY.sign(parts);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(ISO_8859_1));
  }

  private static Json.Obj object(String part) {
    return (Json.Obj) JsonReader.read(Base64.getUrlDecoder().decode(part));
  }

  /// By the platform, so that the library is not held against itself.
  private static void assertSigned(List<String> parts) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(KEY.jwk().toECKey().toECPublicKey());
      signature.update((parts.get(0) + "." + parts.get(1)).getBytes(US_ASCII));
      assertThat(signature.verify(Base64.getUrlDecoder().decode(parts.get(2)))).isTrue();
    } catch (GeneralSecurityException | JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertMeant(Json.Obj claims, String subject) {
    assertThat(claims.get("iss")).isEqualTo(Json.of(ISSUER));
    assertThat(claims.get("sub")).isEqualTo(Json.of(subject));
    assertThat(SUBJECTS).contains(subject);
    Json audience = claims.get("aud");
    assertThat(audience instanceof Json.Arr(var items) ? items : List.of(audience))
        .contains(Json.of("runtime"));
    double now = NOW.getEpochSecond();
    assertThat(number(claims, "exp", now)).isGreaterThan(now);
    assertThat(number(claims, "iat", now)).isLessThanOrEqualTo(now + 30);
    assertThat(number(claims, "nbf", now)).isLessThanOrEqualTo(now + 30);
  }

  private static double number(Json.Obj claims, String name, double otherwise) {
    return claims.get(name) instanceof Json.Num(double number) ? number : otherwise;
  }
}
