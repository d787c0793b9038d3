package com.openagents.runtime.token;

import java.time.Duration;

/// The answer of [Minting].
public sealed interface Minted {

  record Issued(TokenSigner.Signed token, TokenClaims claims) implements Minted {}

  record Refused(Reason why) implements Minted {}

  /// @param pause after which the subject gets one again
  record TooMany(Duration pause) implements Minted {}

  /// Why nobody gets such a token, however long it waits.
  enum Reason {
    GUEST("guests get no tokens here"),
    NOT_A_MEMBER("the session does not prove this workspace and role"),
    REVOKED("the tokens of this subject are revoked");

    private final String message;

    Reason(String message) {
      this.message = message;
    }

    /// Says to a person what is wrong.
    public String message() {
      return message;
    }
  }
}
