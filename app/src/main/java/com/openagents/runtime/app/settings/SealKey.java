package com.openagents.runtime.app.settings;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The key that seals ended runs.
///
/// @param keyId names the public half
/// @param pair Ed25519
public record SealKey(String keyId, KeyPair pair) {
  private static final int SEED_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile("(?<id>[A-Za-z0-9._-]{1,64})=(?<seed>[A-Za-z0-9_-]{43}=?)");

  /// Reads `kid=base64url`, the base64url of an Ed25519 private key's 32 bytes (RFC 8032).
  ///
  /// @throws IllegalArgumentException when the text has another form; the message has nothing of it
  public static SealKey parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "has not the form kid=base64url with the %d bytes of an Ed25519 private key"
              .formatted(SEED_BYTES));
    }
    return new SealKey(form.group("id"), pair(Base64.getUrlDecoder().decode(form.group("seed"))));
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

  /// Leaves the key out.
  @Override
  public String toString() {
    return keyId;
  }
}
