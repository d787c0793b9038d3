package com.openagents.runtime.http.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// An identity token put together by hand, so that every part can be wrong: fields are texts of
/// JSON, whatever they are.
public record TestToken(Map<String, String> header, Map<String, String> claims, TestKey key) {

  public static final String AUDIENCE = "https://runtime.example.com";
  public static final String SUBJECT = "system:serviceaccount:chat:control-plane";

  /// A good one, for five minutes.
  public static TestToken of(IssuerAddress issuer, TestKey key, Instant now) {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("alg", quoted(key.algorithm().getName()));
    header.put("kid", quoted(key.jwk().getKeyID()));
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iss", quoted(issuer.text()));
    claims.put("aud", quoted(AUDIENCE));
    claims.put("sub", quoted(SUBJECT));
    claims.put("iat", Long.toString(now.getEpochSecond()));
    claims.put("exp", Long.toString(now.getEpochSecond() + 300));
    return new TestToken(header, claims, key);
  }

  public static String quoted(String text) {
    return "\"" + text + "\"";
  }

  public TestToken header(String name, String value) {
    return new TestToken(with(header, name, value), claims, key);
  }

  public TestToken claim(String name, String value) {
    return new TestToken(header, with(claims, name, value), key);
  }

  private static Map<String, String> with(Map<String, String> fields, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return more;
  }

  public TestToken withoutHeader(String name) {
    return new TestToken(without(header, name), claims, key);
  }

  public TestToken without(String name) {
    return new TestToken(header, without(claims, name), key);
  }

  private static Map<String, String> without(Map<String, String> fields, String name) {
    Map<String, String> fewer = new LinkedHashMap<>(fields);
    fewer.remove(name);
    return fewer;
  }

  /// Signed by another key, and otherwise the same.
  public TestToken by(TestKey other) {
    return new TestToken(header, claims, other);
  }

  /// Header and claims, as they are signed.
  public String parts() {
    return headerPart() + "." + claimsPart();
  }

  public String headerPart() {
    return encoded(json(header));
  }

  public String claimsPart() {
    return encoded(json(claims));
  }

  public String text() {
    return parts() + "." + key.sign(parts());
  }

  public static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String json(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
