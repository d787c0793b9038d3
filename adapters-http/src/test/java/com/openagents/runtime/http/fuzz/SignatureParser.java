package com.openagents.runtime.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Presented;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.access.Verdict;
import com.openagents.runtime.access.Verdict.Reason;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.access.Verification.Glance;
import com.openagents.runtime.access.Verification.Proven;
import com.openagents.runtime.access.Verification.Unproven;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.Service;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A signed header. After `=` come claims, which are signed here with the right key; anything else
/// is a whole header.
///
/// The law: what is accepted is bound to the request, in time, by the key's own mac, and only once;
/// a glance at the header never refuses what the whole look accepts.
final class SignatureParser implements Parser {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Digest BODY = Digest.ofText("{}");
  private static final Presented REQUEST =
      new Presented("POST", "/internal/v1/runs/x/cancel?a=%20b", BODY, "42", null, null, null);

  @Override
  public boolean takes(byte[] input) {
    boolean claims = input.length > 0 && input[0] == '=';
    String header =
        claims
            ? signed(Base64.getUrlEncoder().withoutPadding().encodeToString(tail(input)))
            : new String(input, StandardCharsets.ISO_8859_1);
    Set<String> used = new HashSet<>();
    Verification server =
        new Verification(
            SigningKeys.parse(Service.KEYS),
            (nonce, issuedAt, expiresAt) -> used.add(nonce),
            InstantSource.fixed(NOW));
    Glance glance = server.glance(header);
    assertThat(used).isEmpty();
    if (server.verify(header, REQUEST) instanceof Verdict.Refused(Reason why)) {
      if (glance instanceof Unproven(Reason seen)) {
        assertThat(seen).isEqualTo(why);
      }
      return false;
    }
    assertThat(glance).isInstanceOf(Proven.class);
    assertBound(header);
    assertThat(server.verify(header, REQUEST)).isEqualTo(new Verdict.Refused(Reason.REPLAYED));
    return true;
  }

  private static void assertBound(String header) {
    String[] parts = header.split("\\.", -1);
    assertThat(header).isEqualTo(signed(parts[1]));
    Json.Obj claims = (Json.Obj) JsonReader.read(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.get("method")).isEqualTo(Json.of(REQUEST.method()));
    assertThat(claims.get("path")).isEqualTo(Json.of(REQUEST.target()));
    assertThat(claims.get("bodySha256")).isEqualTo(Json.of(BODY.hex()));
    assertThat(claims.get("userId")).isEqualTo(Json.of(42));
    double now = NOW.getEpochSecond();
    double issued = number(claims, "iat");
    double expires = number(claims, "exp");
    assertThat(issued).isLessThanOrEqualTo(now + 30);
    assertThat(expires).isGreaterThan(now).isLessThanOrEqualTo(issued + 300);
  }

  private static double number(Json.Obj claims, String name) {
    return claims.get(name) instanceof Json.Num(double number) ? number : Double.NaN;
  }

  private static byte[] tail(byte[] input) {
    return Arrays.copyOfRange(input, 1, input.length);
  }

  /// Written here anew, so that the product's own mac is not held against itself.
  private static String signed(String claims) {
    try {
      byte[] secret = Base64.getUrlDecoder().decode(Service.KEYS.replace("k1=", ""));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] code = mac.doFinal(claims.getBytes(StandardCharsets.US_ASCII));
      return "v1." + claims + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
