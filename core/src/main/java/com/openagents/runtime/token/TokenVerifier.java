package com.openagents.runtime.token;

/// Decides whether a client's token is good here and now. It asks for revocations, so every surface
/// of ours that takes such tokens asks this. Thread-safe.
@FunctionalInterface
public interface TokenVerifier {

  /// May wait for the issuer's keys where another issuer mints.
  ///
  /// @param kind that the surface takes
  /// @throws com.openagents.runtime.log.StoreUnavailable when nobody can tell what is revoked
  TokenVerdict verify(String token, TokenKind kind);
}
