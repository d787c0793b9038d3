package com.openagents.runtime.http.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.util.regex.Pattern;

/// One key of tokens, for the one algorithm that its kind is for. Immutable.
record TokenKey(JWK jwk, JWSAlgorithm algorithm) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int RSA_BITS = 2048;
  private static final byte[] SAMPLE = {1, 2, 3};

  /// @param place among others, for messages
  /// @throws IllegalArgumentException when tokens cannot be signed with the key
  static TokenKey of(JWK jwk, int place) {
    JWSAlgorithm algorithm =
        switch (jwk) {
          case ECKey curve when curve.getCurve().equals(Curve.P_256) -> JWSAlgorithm.ES256;
          case RSAKey rsa when rsa.size() >= RSA_BITS -> JWSAlgorithm.RS256;
          default ->
              throw refused(place, "is neither of the curve P-256 nor RSA of 2048 bits or more");
        };
    if (jwk.getKeyID() == null || !ID.matcher(jwk.getKeyID()).matches()) {
      throw refused(place, "has no kid of 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    if (jwk.getAlgorithm() != null && !jwk.getAlgorithm().equals(algorithm)) {
      throw refused(place, "has an alg that is not " + algorithm);
    }
    if (jwk.getKeyUse() != null && !jwk.getKeyUse().equals(KeyUse.SIGNATURE)) {
      throw refused(place, "has a use that is not sig");
    }
    return new TokenKey(jwk, algorithm);
  }

  /// As [#of], and the private part makes signatures that the public part verifies. The first such
  /// proof in a process takes a quarter of a second.
  static TokenKey proven(JWK jwk, int place) {
    TokenKey key = of(jwk, place);
    if (key.signs() && !key.isWhole()) {
      throw refused(place, "has a private part that does not belong to its public part");
    }
    return key;
  }

  private static IllegalArgumentException refused(int place, String why) {
    return new IllegalArgumentException("has a key that cannot be used: key " + place + " " + why);
  }

  static JWK generate(String keyId, boolean rsa) {
    if (!ID.matcher(keyId).matches()) {
      throw new IllegalArgumentException(
          "a key's id has 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    try {
      return rsa
          ? new RSAKeyGenerator(RSA_BITS)
              .keyID(keyId)
              .algorithm(JWSAlgorithm.RS256)
              .keyUse(KeyUse.SIGNATURE)
              .generate()
          : new ECKeyGenerator(Curve.P_256)
              .keyID(keyId)
              .algorithm(JWSAlgorithm.ES256)
              .keyUse(KeyUse.SIGNATURE)
              .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform makes such keys", e);
    }
  }

  String id() {
    return jwk.getKeyID();
  }

  boolean signs() {
    return jwk.isPrivate();
  }

  JWSSigner signer() throws JOSEException {
    return jwk instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(jwk.toECKey());
  }

  private JWSVerifier verifier() throws JOSEException {
    return jwk instanceof RSAKey rsa
        ? new RSASSAVerifier(rsa.toPublicJWK())
        : new ECDSAVerifier(jwk.toECKey().toPublicJWK());
  }

  private boolean isWhole() {
    try {
      JWSHeader header = new JWSHeader(algorithm);
      Base64URL signature = signer().sign(header, SAMPLE);
      return verifier().verify(header, SAMPLE, signature);
    } catch (JOSEException | IllegalArgumentException _) {
      return false;
    }
  }

  /// What others may know of it.
  Json published() {
    Json.Builder json = Json.object();
    Json.Obj known = (Json.Obj) JsonReader.read(jwk.toPublicJWK().toJSONString());
    for (String part : new String[] {"kty", "crv", "x", "y", "n", "e"}) {
      json.put(part, known.get(part));
    }
    return json.put("kid", id()).put("alg", algorithm.getName()).put("use", "sig").build();
  }
}
