package com.openagents.runtime.http.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.token.TokenSigner;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// The keys of tokens: the first signs, all are published, so that a key can be replaced while
/// tokens of the one before are still good. Immutable.
public final class TokenKeys implements TokenSigner {

  private static final int KEYS_MAX = 10;

  private final List<TokenKey> keys;

  private TokenKeys(List<TokenKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /// Reads a JWK set (RFC 7517). Each key has a `kid` and is for ES256 (P-256) or RS256 (2048 bits
  /// or more); the first has its private part, others need none.
  ///
  /// @throws IllegalArgumentException when the text is something else; the message completes the
  ///   sentence "the value …" and has nothing of a key in it
  public static TokenKeys parse(String text) {
    return read(text, TokenKey::proven);
  }

  /// Reads what [#generate] has made and nobody else could write since: the parts of keys are not
  /// proven to belong together.
  ///
  /// @throws IllegalArgumentException as [#parse]
  public static TokenKeys kept(String text) {
    return read(text, TokenKey::of);
  }

  private static TokenKeys read(String text, BiFunction<JWK, Integer, TokenKey> reading) {
    List<JWK> given = jwks(text);
    if (given.isEmpty() || given.size() > KEYS_MAX) {
      throw new IllegalArgumentException("is no JWK set of 1 to " + KEYS_MAX + " keys");
    }
    List<TokenKey> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JWK jwk : given) {
      TokenKey key = reading.apply(jwk, keys.size() + 1);
      if (!ids.add(key.id())) {
        throw new IllegalArgumentException("has the key " + key.id() + " twice");
      }
      keys.add(key);
    }
    if (!keys.getFirst().signs()) {
      throw new IllegalArgumentException("has no private part in its first key, which signs");
    }
    return new TokenKeys(keys);
  }

  private static List<JWK> jwks(String text) {
    try {
      return JWKSet.parse(text).getKeys();
    } catch (ParseException | IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "is no JWK set, {\"keys\": […]}; `openagents-runtime token key` makes one");
    }
  }

  /// Makes a key, alone in its set, as [#parse] reads it.
  ///
  /// @param rsa whether it is for RS256 in the place of ES256
  /// @throws IllegalArgumentException when the id has another form
  public static String generate(String keyId, boolean rsa) {
    return text(List.of(TokenKey.generate(keyId, rsa)));
  }

  /// These keys and behind them a new one, which is published and does not sign.
  ///
  /// @throws IllegalArgumentException when the id has another form or is taken
  public String with(String keyId, boolean rsa) {
    List<JWK> set = new ArrayList<>(jwks());
    set.add(TokenKey.generate(keyId, rsa));
    return checked(set);
  }

  /// These keys with the last one first, which then signs.
  ///
  /// @throws IllegalArgumentException when the last one has no private part
  public String rotated() {
    List<JWK> set = new ArrayList<>(jwks());
    set.addFirst(set.removeLast());
    return checked(set);
  }

  /// These keys without the last one.
  ///
  /// @throws IllegalArgumentException when there is no other
  public String retired() {
    List<JWK> set = new ArrayList<>(jwks());
    set.removeLast();
    return checked(set);
  }

  private List<JWK> jwks() {
    return keys.stream().map(TokenKey::jwk).toList();
  }

  private static String checked(List<JWK> set) {
    String text = text(set);
    parse(text);
    return text;
  }

  private static String text(List<JWK> set) {
    return new JWKSet(set).toString(false);
  }

  @Override
  public Signed sign(Json.Obj claims) {
    TokenKey key = keys.getFirst();
    JWSHeader header =
        new JWSHeader.Builder(key.algorithm()).type(JOSEObjectType.JWT).keyID(key.id()).build();
    JWSObject token = new JWSObject(header, new Payload(CanonicalJson.write(claims)));
    try {
      token.sign(key.signer());
    } catch (JOSEException e) {
      throw new IllegalStateException("a key that signed before signs no more", e);
    }
    return new Signed(token.serialize(), key.id());
  }

  /// The public parts, each with its `kid`, `alg` and `use`.
  public List<Json> published() {
    return keys.stream().map(TokenKey::published).toList();
  }

  /// The algorithm of the key that signs, as a token's header names it.
  public String algorithm() {
    return keys.getFirst().algorithm().getName();
  }

  /// The algorithms of the keys, the one that signs first.
  List<String> algorithms() {
    return keys.stream().map(key -> key.algorithm().getName()).distinct().toList();
  }

  /// Names the keys and nothing of them.
  @Override
  public String toString() {
    return "TokenKeys" + keys.stream().map(TokenKey::id).toList();
  }
}
