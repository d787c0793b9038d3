package com.openagents.runtime.http.token;

import com.openagents.runtime.token.Minting;

/// Who makes tokens for clients.
public sealed interface Mint {

  /// This service.
  ///
  /// @param issuer as tokens name it; its documents are below it
  record Here(String issuer, TokenKeys keys, Minting minting) implements Mint {}

  /// Another service, whose tokens are verified here and whose keys are its own to publish.
  record Elsewhere(String issuer) implements Mint {}

  /// Nobody: there are no keys.
  record Nowhere() implements Mint {}
}
