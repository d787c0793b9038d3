package com.openagents.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.Digest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// A signature's header for one GET by user 1, put together by hand, so that every part can be
/// wrong: claims are texts of JSON, whatever they are.
record Forgery(Map<String, String> claims, SecretKey key) {

  private static final byte[] SECRET =
      Base64.getUrlDecoder().decode(Service.KEYS.substring("k1=".length()));
  private static final SecretKey KEY = new SecretKeySpec(SECRET, "HmacSHA256");

  Forgery(Instant now, String target) {
    this(claims(now.getEpochSecond(), target), KEY);
  }

  private static Map<String, String> claims(long now, String target) {
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iat", Long.toString(now));
    claims.put("exp", Long.toString(now + 60));
    claims.put("nonce", "\"" + UUID.randomUUID() + "\"");
    claims.put("kid", "\"k1\"");
    claims.put("method", "\"GET\"");
    claims.put("path", "\"" + target + "\"");
    claims.put("bodySha256", "\"" + Digest.ofText("").hex() + "\"");
    claims.put("userId", "1");
    return claims;
  }

  /// A header whose claims part is this text, with the right mac.
  static String of(String json) {
    return ofPart(encoded(json));
  }

  /// A header with this claims part as it is, and the right mac.
  static String ofPart(String claimsPart) {
    return "v1." + claimsPart + "." + mac(KEY, claimsPart);
  }

  static String encoded(String text) {
    return encoded(text.getBytes(UTF_8));
  }

  Forgery with(String claim, String value) {
    Map<String, String> more = new LinkedHashMap<>(claims);
    more.put(claim, value);
    return new Forgery(more, key);
  }

  Forgery without(String claim) {
    Map<String, String> fewer = new LinkedHashMap<>(claims);
    fewer.remove(claim);
    return new Forgery(fewer, key);
  }

  /// With a mac of another algorithm, made with the live key.
  Forgery macOf(String algorithm) {
    return new Forgery(claims, new SecretKeySpec(SECRET, algorithm));
  }

  /// With a mac of the right algorithm, made with another key.
  Forgery macBy(byte[] secret) {
    return new Forgery(claims, new SecretKeySpec(secret, KEY.getAlgorithm()));
  }

  String header() {
    return "v1." + claimsPart() + "." + macPart();
  }

  String json() {
    return claims.entrySet().stream()
        .map(claim -> "\"" + claim.getKey() + "\":" + claim.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  String claimsPart() {
    return encoded(json());
  }

  String macPart() {
    return mac(key, claimsPart());
  }

  /// A header whose mac is over something else.
  String macOver(String signed) {
    return "v1." + claimsPart() + "." + mac(key, signed);
  }

  /// A header that has a hash in the place of the mac.
  String hashed() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(claimsPart().getBytes(UTF_8));
      return "v1." + claimsPart() + "." + encoded(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The right mac in another spelling: its last letter has two bits that belong to no byte.
  String withOtherSpareBits() {
    String header = header();
    char last = (char) (header.charAt(header.length() - 1) + 1);
    String other = header.substring(0, header.length() - 1) + last;
    String mac = other.substring(other.lastIndexOf('.') + 1);
    if (!encoded(Base64.getUrlDecoder().decode(mac)).equals(macPart())) {
      throw new AssertionError(mac + " is another mac");
    }
    return other;
  }

  /// The claims in the form of RFC 7519, signed with the live key.
  String jwt() {
    String signed = encoded("{\"alg\":\"HS256\",\"kid\":\"k1\"}") + "." + claimsPart();
    return signed + "." + mac(key, signed);
  }

  private static String mac(SecretKey key, String signed) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return encoded(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
