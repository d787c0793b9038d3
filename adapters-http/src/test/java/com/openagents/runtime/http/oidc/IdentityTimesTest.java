package com.openagents.runtime.http.oidc;

import static com.openagents.runtime.http.oidc.TestToken.SUBJECT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.oidc.IdentityVerdict.Proven;
import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;
import com.openagents.runtime.http.oidc.IdentityVerdict.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The times of a token are held against the clock to the second.
@Tag("scenario-27")
class IdentityTimesTest {

  private static final long NOW = 1_800_000_000;

  private final IdentityClaims claims =
      new IdentityClaims(
          new TrustedIssuer(
              new IssuerAddress("https://issuer.example.com"), "runtime", Set.of(SUBJECT)),
          InstantSource.fixed(Instant.ofEpochSecond(NOW).plusMillis(999)));

  private IdentityVerdict verdict(String times) {
    String text =
        "{\"iss\":\"https://issuer.example.com\",\"aud\":\"runtime\",\"sub\":\"%s\",%s}"
            .formatted(SUBJECT, times);
    return claims.verdict(text.getBytes(UTF_8));
  }

  @Test
  void a_token_is_good_until_the_second_in_which_it_expires() {
    assertThat(verdict("\"exp\":" + (NOW + 1))).isInstanceOf(Proven.class);
    assertThat(verdict("\"exp\":" + NOW)).isEqualTo(new Refused(Reason.EXPIRED));
  }

  @Test
  void a_token_may_be_from_half_a_minute_ahead() {
    for (String time : new String[] {"nbf", "iat"}) {
      String times = "\"exp\":" + (NOW + 60) + ",\"" + time + "\":";
      assertThat(verdict(times + (NOW + 30))).isInstanceOf(Proven.class);
      assertThat(verdict(times + (NOW + 31))).isEqualTo(new Refused(Reason.NOT_YET));
    }
  }
}
