package com.openagents.runtime.seal;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// Ed25519 signatures and keys in their text form.
///
/// Deterministic: neither signing nor checking needs randomness.
public final class Ed25519 {

  private static final String ALGORITHM = "Ed25519";
  private static final int KEY_BYTES = 32;

  /// What stands before the 32 bytes of the key in its X.509 form (RFC 8410).
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519() {}

  /// A signer that holds its key in memory.
  public static Signer signer(KeyPair keys) {
    String keyId = text(keys.getPublic());
    return new Signer() {
      @Override
      public String keyId() {
        return keyId;
      }

      @Override
      public String sign(byte[] message) {
        try {
          Signature signature = Signature.getInstance(ALGORITHM);
          signature.initSign(keys.getPrivate());
          signature.update(message);
          return encode(signature.sign());
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException("the seal's key cannot sign", e);
        }
      }
    };
  }

  /// Whether the signature of the message was made with the key's private half.
  static boolean verifies(String publicKey, byte[] message, String signature) {
    try {
      byte[] key = decode(publicKey);
      byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
      System.arraycopy(key, 0, x509, X509_PREFIX.length, KEY_BYTES);
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(x509)));
      check.update(message);
      return key.length == KEY_BYTES && check.verify(decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  private static String text(PublicKey key) {
    byte[] x509 = key.getEncoded();
    if (x509.length != X509_PREFIX.length + KEY_BYTES
        || !Arrays.equals(x509, 0, X509_PREFIX.length, X509_PREFIX, 0, X509_PREFIX.length)) {
      throw new IllegalArgumentException("a seal's key is an Ed25519 key");
    }
    return encode(Arrays.copyOfRange(x509, X509_PREFIX.length, x509.length));
  }

  /// base64url without padding.
  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Takes the one spelling that [#encode] gives.
  static byte[] decode(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (!encode(bytes).equals(text)) {
      throw new IllegalArgumentException("not the canonical base64url");
    }
    return bytes;
  }
}
