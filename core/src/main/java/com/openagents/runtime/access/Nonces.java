package com.openagents.runtime.access;

import java.time.Instant;

/// Remembers single-use values across the cluster. Thread-safe; may throw `StoreUnavailable`.
public interface Nonces {

  /// Uses a nonce up.
  ///
  /// @param issuedAt when its token was issued; a token from before the store could remember is
  ///   refused
  /// @param expiresAt until when it must be remembered
  /// @return whether this was its first use
  boolean use(String nonce, Instant issuedAt, Instant expiresAt);
}
