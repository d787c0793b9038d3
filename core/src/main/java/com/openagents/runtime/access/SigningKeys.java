package com.openagents.runtime.access;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The secrets that sign requests, by their ids: the first signs, all verify, so that a key can be
/// replaced while callers still use the one before.
public final class SigningKeys {

  static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES_MIN = 16;
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Map<String, SecretKey> keys;
  private final String signing;

  private SigningKeys(Map<String, SecretKey> keys) {
    this.keys = keys;
    this.signing = keys.keySet().iterator().next();
  }

  /// Reads `kid=secret[,kid2=secret2…]`, secrets in base64url.
  ///
  /// @throws IllegalArgumentException when the text has another form; the message has no secret
  public static SigningKeys parse(String text) {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    for (String entry : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      String keyId = equals < 0 ? "" : entry.substring(0, equals).strip();
      if (!KEY_ID.matcher(keyId).matches()) {
        throw new IllegalArgumentException(
            "signing key " + (keys.size() + 1) + " has the form kid=base64url-secret");
      }
      SecretKey secret = secret(keyId, entry.substring(equals + 1).strip());
      if (keys.putIfAbsent(keyId, secret) != null) {
        throw new IllegalArgumentException("signing key " + keyId + " is given twice");
      }
    }
    return new SigningKeys(keys);
  }

  private static SecretKey secret(String keyId, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length < SECRET_BYTES_MIN) {
      throw new IllegalArgumentException(
          "signing key %s needs a base64url secret of at least %d bytes"
              .formatted(keyId, SECRET_BYTES_MIN));
    }
    return new SecretKeySpec(bytes, ALGORITHM);
  }

  String signingKeyId() {
    return signing;
  }

  Optional<SecretKey> find(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  /// Names the keys and no secret.
  @Override
  public String toString() {
    return "SigningKeys" + keys.keySet();
  }
}
