package com.openagents.runtime.http.oidc;

import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.EXPIRED;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.NOT_YET;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.SUBJECT_NOT_ALLOWED;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_AUDIENCE;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_CLAIMS;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_ISSUER;

import com.openagents.runtime.access.Verification;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.http.oidc.IdentityVerdict.Proven;
import com.openagents.runtime.http.oidc.IdentityVerdict.Refused;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds the claims of a token whose signature is good against what is asked of them. Each claim
/// has one type; issuers add claims of their own, which are not looked at.
final class IdentityClaims {

  private static final long SKEW = Verification.SKEW.toSeconds();

  private final TrustedIssuer issuer;
  private final InstantSource clock;

  IdentityClaims(TrustedIssuer issuer, InstantSource clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  /// @param payload of a token whose signature is good
  IdentityVerdict verdict(byte[] payload) {
    try {
      return JsonReader.read(payload) instanceof Json.Obj claims
          ? verdict(claims)
          : new Refused(WRONG_CLAIMS);
    } catch (JsonRefused | IllegalArgumentException _) {
      return new Refused(WRONG_CLAIMS);
    }
  }

  private IdentityVerdict verdict(Json.Obj claims) {
    String subject = text(claims.get("sub"));
    if (!text(claims.get("iss")).equals(issuer.issuer().text())) {
      return new Refused(WRONG_ISSUER);
    }
    if (!texts(claims.get("aud")).contains(issuer.audience())) {
      return new Refused(WRONG_AUDIENCE);
    }
    long now = clock.instant().getEpochSecond();
    if (second(claims.get("exp")) <= now) {
      return new Refused(EXPIRED);
    }
    if (isAhead(claims.get("nbf"), now) || isAhead(claims.get("iat"), now)) {
      return new Refused(NOT_YET);
    }
    return issuer.subjects().test(subject)
        ? new Proven(subject, claims)
        : new Refused(SUBJECT_NOT_ALLOWED);
  }

  /// Whether a time that a token may leave out has not come yet.
  private static boolean isAhead(@Nullable Json time, long now) {
    return time != null && second(time) > now + SKEW;
  }

  private static List<String> texts(@Nullable Json value) {
    return value instanceof Json.Arr(var items)
        ? items.stream().map(IdentityClaims::text).toList()
        : List.of(text(value));
  }

  private static String text(@Nullable Json value) {
    if (value instanceof Json.Str(String text)) {
      return text;
    }
    throw new IllegalArgumentException("not a text");
  }

  private static long second(@Nullable Json value) {
    if (value instanceof Json.Num(double number) && number == Math.rint(number)) {
      return (long) number;
    }
    throw new IllegalArgumentException("not a whole number");
  }
}
