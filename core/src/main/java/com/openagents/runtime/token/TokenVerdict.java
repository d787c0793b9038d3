package com.openagents.runtime.token;

import java.util.Locale;

/// The answer of [TokenVerifier].
public sealed interface TokenVerdict {

  /// The token is good until its expiry, unless it is revoked before.
  record Good(TokenClaims claims) implements TokenVerdict {}

  record Bad(Reason why) implements TokenVerdict {}

  /// Why a token was turned away.
  enum Reason {
    MALFORMED,
    WRONG_HEADER,
    UNKNOWN_KEY,
    WRONG_SIGNATURE,
    WRONG_CLAIMS,
    WRONG_ISSUER,
    WRONG_AUDIENCE,
    EXPIRED,
    NOT_YET,
    REVOKED,
    ISSUER_AWAY;

    /// The form on the wire: `unknown_key`.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
