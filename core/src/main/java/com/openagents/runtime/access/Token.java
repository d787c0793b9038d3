package com.openagents.runtime.access;

import com.openagents.runtime.canon.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// A signed header value, `v1.<claims>.<mac>`: both parts base64url without padding, the mac over
/// the text of the claims part.
record Token(String signed, String mac, Claims claims) {

  private static final int LENGTH_MAX = 4096;
  private static final Pattern FORM =
      Pattern.compile("v1\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]{43})");

  /// Reads the shape alone; nothing of it is proven yet.
  static Optional<Token> parse(String header) {
    Matcher parts = FORM.matcher(header);
    if (header.length() > LENGTH_MAX || !parts.matches()) {
      return Optional.empty();
    }
    String signed = parts.group(1);
    String mac = parts.group(2);
    try {
      byte[] claims = Base64.getUrlDecoder().decode(signed);
      return ClaimsForm.read(claims).map(read -> new Token(signed, mac, read));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String write(Claims claims, SecretKey key) {
    String json = CanonicalJson.write(ClaimsForm.write(claims));
    String signed = encoded(json.getBytes(StandardCharsets.UTF_8));
    return "v1." + signed + "." + macOf(signed, key);
  }

  /// Compares in a time that does not depend on where the two differ.
  boolean isSignedWith(SecretKey key) {
    return MessageDigest.isEqual(ascii(mac), ascii(macOf(signed, key)));
  }

  private static String macOf(String signed, SecretKey key) {
    try {
      Mac mac = Mac.getInstance(SigningKeys.ALGORITHM);
      mac.init(key);
      return encoded(mac.doFinal(ascii(signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
