package com.openagents.runtime.http.token;

import com.openagents.runtime.token.TokenKind;

/// Hears what becomes of wishes for tokens. Thread-safe, and quick.
@FunctionalInterface
public interface TokenWatch {

  void asked(TokenKind kind, Outcome outcome);

  enum Outcome {
    ISSUED,
    GUEST,
    NOT_A_MEMBER,
    REVOKED,
    RATE_LIMITED,
    NOT_CONFIGURED,
    /// The store did not answer.
    OVERLOADED
  }
}
