package com.openagents.runtime.http.oidc;

import java.util.Set;
import java.util.function.Predicate;

/// Whose tokens are believed, and about whom. There are no patterns: everything is compared as
/// text.
///
/// @param issuer as tokens name it
/// @param audience as tokens name this runtime
/// @param subjects who may be named
public record TrustedIssuer(IssuerAddress issuer, String audience, Predicate<String> subjects) {

  /// Believes the issuer about everybody whom it gives tokens to.
  public TrustedIssuer(IssuerAddress issuer, String audience) {
    this(issuer, audience, _ -> true);
  }

  /// @param subjects those that may call, as tokens name them, and no others
  public TrustedIssuer(IssuerAddress issuer, String audience, Set<String> subjects) {
    this(issuer, audience, Set.copyOf(subjects)::contains);
    if (subjects.isEmpty()) {
      throw new IllegalArgumentException("nobody may call");
    }
  }
}
