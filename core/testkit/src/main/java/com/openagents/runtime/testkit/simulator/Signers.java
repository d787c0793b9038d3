package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.seal.Ed25519;
import com.openagents.runtime.seal.Signer;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/// Who signs in a play. No play depends on the key, and what is signed takes no time in it.
final class Signers {

  /// Signatures take long, so only some plays have any that can be verified.
  private static final int SIGNS_ONE_IN = 8;

  private static final Signer REAL = real();

  private static final Signer NOMINAL =
      new Signer() {
        @Override
        public String keyId() {
          return "nobody";
        }

        @Override
        public String sign(byte[] message) {
          return Digest.of(message).hex();
        }
      };

  private Signers() {}

  static Signer of(long seed) {
    return seed % SIGNS_ONE_IN == 0 ? REAL : NOMINAL;
  }

  static boolean verifies(Signer signer) {
    return signer.equals(REAL);
  }

  private static Signer real() {
    try {
      return Ed25519.signer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has it", e);
    }
  }
}
