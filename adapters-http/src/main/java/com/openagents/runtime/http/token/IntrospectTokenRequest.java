package com.openagents.runtime.http.token;

import com.openagents.runtime.token.TokenKind;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// A token that is to be verified.
public record IntrospectTokenRequest(
    @NotNull TokenKind kind,
    @NotNull @Size(max = Words.TOKEN_MAX, message = Words.TOKEN_SAID) String token) {
  /// Leaves the token out.
  @Override
  public String toString() {
    return "IntrospectTokenRequest[kind=" + kind + "]";
  }
}
