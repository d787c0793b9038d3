package com.openagents.runtime.app.settings;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.regex.Pattern;

/// The text form of the key that seals ended runs.
public final class SealKey {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}=?");

  private SealKey() {}

  /// Reads the base64url of an Ed25519 private key's 32 bytes (RFC 8032).
  ///
  /// @throws IllegalArgumentException when the text has another form; the message has nothing of it
  public static KeyPair parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is not the base64url of an Ed25519 private key's 32 bytes");
    }
    return pair(Base64.getUrlDecoder().decode(text));
  }

  /// The generator takes the private key's bytes from its source of randomness and derives the
  /// rest, which the JDK does nowhere else.
  private static KeyPair pair(byte[] seed) {
    try {
      var generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    Seed(byte[] seed) {
      super(null, null);
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
