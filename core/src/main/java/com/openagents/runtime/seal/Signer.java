package com.openagents.runtime.seal;

/// Signs the seals of this installation with Ed25519 (RFC 8032). Thread-safe.
public interface Signer {

  /// The public key: its 32 bytes in base64url without padding. Names the key as well, so a seal
  /// can be checked as long as it exists, however often keys are changed.
  String keyId();

  /// Returns the signature of a message: its 64 bytes in base64url without padding.
  String sign(byte[] message);
}
