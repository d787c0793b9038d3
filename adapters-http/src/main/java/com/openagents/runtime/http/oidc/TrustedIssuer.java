package com.openagents.runtime.http.oidc;

import java.util.Set;

/// Whose tokens are believed, and about whom. There are no patterns: everything is compared as
/// text.
///
/// @param issuer as tokens name it
/// @param audience as tokens name this runtime
/// @param subjects the services that may call, as tokens name them
public record TrustedIssuer(IssuerAddress issuer, String audience, Set<String> subjects) {

  public TrustedIssuer {
    subjects = Set.copyOf(subjects);
    if (subjects.isEmpty()) {
      throw new IllegalArgumentException("nobody may call");
    }
  }
}
