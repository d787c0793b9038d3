package com.openagents.runtime.token;

import com.openagents.runtime.canon.Json;

/// Makes tokens out of claims, with the key that signs now. Thread-safe.
public interface TokenSigner {

  /// Returns a signed JWT in the compact form. Its header names the algorithm, the type `JWT` and
  /// the key.
  Signed sign(Json.Obj claims);

  /// @param text the token; to be shown to nobody but whom it is for
  /// @param keyId the key that it was signed with
  record Signed(String text, String keyId) {
    /// Leaves the token out, so that no log has it.
    @Override
    public String toString() {
      return "Signed[keyId=" + keyId + "]";
    }
  }
}
