package com.openagents.runtime.http.access;

import static com.openagents.runtime.http.exchange.ProblemCode.FORBIDDEN;
import static com.openagents.runtime.http.exchange.ProblemCode.OVERLOADED;
import static com.openagents.runtime.http.exchange.ProblemCode.UNAUTHORIZED;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityVerdict;
import com.openagents.runtime.http.oidc.IdentityVerdict.Proven;
import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;
import com.openagents.runtime.http.oidc.IdentityVerdict.Refused;
import com.openagents.runtime.http.oidc.IdentityWatch;
import java.time.Duration;
import java.util.List;

/// The token of an `Authorization` header, and how it is refused (RFC 6750). Thread-safe.
final class Bearer {

  private static final String SCHEME = "Bearer ";
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final IdentityTokens tokens;
  private final IdentityWatch watch;

  Bearer(IdentityTokens tokens, IdentityWatch watch) {
    this.tokens = tokens;
    this.watch = watch;
  }

  /// @param authorizations every header as sent
  /// @throws Problem when there is not exactly one good token
  Proven proven(List<String> authorizations) {
    return switch (verdict(authorizations)) {
      case Proven proven -> proven;
      case Refused(Reason why) -> throw refused(why);
    };
  }

  private IdentityVerdict verdict(List<String> authorizations) {
    if (authorizations.isEmpty()) {
      return new Refused(Reason.MISSING);
    }
    String header = authorizations.getFirst();
    boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer && authorizations.size() == 1
        ? tokens.verify(header.substring(SCHEME.length()))
        : new Refused(Reason.MALFORMED);
  }

  /// Tells of a refusal. A caller without a token is told only how to bring one.
  Problem refused(Reason why) {
    watch.refused(why);
    return switch (why) {
      case SUBJECT_NOT_ALLOWED, NO_USER -> new Problem(FORBIDDEN, why.message());
      case ISSUER_AWAY -> new Problem(OVERLOADED, why.message()).retryAfter(PAUSE);
      case MISSING -> new Problem(UNAUTHORIZED, why.message()).challenge("Bearer");
      default ->
          new Problem(UNAUTHORIZED, why.message())
              .challenge(
                  "Bearer error=\"invalid_token\", error_description=\"" + why.message() + "\"");
    };
  }
}
