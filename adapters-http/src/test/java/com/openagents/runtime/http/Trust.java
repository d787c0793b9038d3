package com.openagents.runtime.http;

import com.openagents.runtime.http.access.Authentication;
import com.openagents.runtime.http.access.IdentifiedCallers;
import com.openagents.runtime.http.access.SessionCallers;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityWatch;
import com.openagents.runtime.http.token.TokenKeys;
import java.util.Optional;

/// Whom a service believes beside signatures, and which tokens it gives out.
///
/// @param services tells which service calls, where that is asked for
/// @param people tells which user calls, where there is a provider
/// @param issuer of tokens; its own address where there is none
/// @param perMinute tokens for one subject
record Trust(
    Optional<IdentityTokens> services,
    Optional<IdentityTokens> people,
    Optional<TokenKeys> keys,
    Optional<String> issuer,
    boolean guests,
    long perMinute) {

  static final TokenKeys KEYS = TokenKeys.parse(TokenKeys.generate("t1", false));

  static final Trust USUAL =
      new Trust(
          Optional.empty(),
          Optional.empty(),
          Optional.of(KEYS),
          Optional.empty(),
          false,
          1_000_000);

  Trust identifying(IdentityTokens tokens) {
    return new Trust(Optional.of(tokens), people, keys, issuer, guests, perMinute);
  }

  Trust withPeople(IdentityTokens tokens) {
    return new Trust(services, Optional.of(tokens), keys, issuer, guests, perMinute);
  }

  Trust with(TokenKeys others) {
    return new Trust(services, people, Optional.of(others), issuer, guests, perMinute);
  }

  Trust withoutKeys() {
    return new Trust(services, people, Optional.empty(), issuer, guests, perMinute);
  }

  Trust issuedBy(String other) {
    return new Trust(services, people, keys, Optional.of(other), guests, perMinute);
  }

  Trust withGuests() {
    return new Trust(services, people, keys, issuer, true, perMinute);
  }

  Trust withRate(long tokens) {
    return new Trust(services, people, keys, issuer, guests, tokens);
  }

  Authentication authentication(Authentication callers, IdentityWatch watch) {
    Authentication identified =
        services
            .<Authentication>map(tokens -> new IdentifiedCallers(callers, tokens, watch))
            .orElse(callers);
    return people
        .<Authentication>map(tokens -> new SessionCallers(identified, tokens, watch))
        .orElse(identified);
  }
}
