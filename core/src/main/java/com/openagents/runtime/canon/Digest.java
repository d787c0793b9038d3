package com.openagents.runtime.canon;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 digest in its text form.
///
/// @param hex 64 lowercase hex digits
public record Digest(String hex) {

  private static final String PREFIX = "sha256:";
  private static final int HEX_LENGTH = 64;

  public Digest {
    if (hex.length() != HEX_LENGTH || !isLowerHex(hex)) {
      throw new IllegalArgumentException("a SHA-256 digest has 64 lowercase hex digits");
    }
  }

  private static boolean isLowerHex(String hex) {
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  public static Digest of(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Digest(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public static Digest ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The digest of the value's canonical form.
  public static Digest of(Json value) {
    return ofText(CanonicalJson.write(value));
  }

  /// Reads the published text form.
  ///
  /// @throws IllegalArgumentException when the text is not `sha256:` and 64 lowercase hex digits
  public static Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a digest begins with " + PREFIX);
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /// The published text form, `sha256:<hex>`.
  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
