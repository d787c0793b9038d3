package com.openagents.runtime.http.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of an issuer, each for the one algorithm that it is for: the kind of a key decides, and
/// no token can have a key used otherwise. Keys for anything else are left out. Immutable.
///
/// @param verifiers those that can be used, of which there may be none
record PublishedKeys(Map<Id, JWSVerifier> verifiers) {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
  private static final int RSA_BITS_MIN = 2048;

  record Id(String keyId, JWSAlgorithm algorithm) {}

  PublishedKeys {
    verifiers = Map.copyOf(verifiers);
  }

  /// Reads a key set; a key that is not understood does not spoil the others.
  static PublishedKeys of(List<Json> keys) {
    Map<Id, JWSVerifier> verifiers = new HashMap<>();
    for (Json key : keys) {
      parsed(key).ifPresent(parsed -> add(parsed, verifiers));
    }
    return new PublishedKeys(verifiers);
  }

  private static Optional<JWK> parsed(Json key) {
    try {
      return Optional.of(JWK.parse(CanonicalJson.write(key)));
    } catch (ParseException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static void add(JWK key, Map<Id, JWSVerifier> verifiers) {
    boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    if (key.getKeyID() == null || !signs) {
      return;
    }
    try {
      switch (key) {
        case RSAKey rsa when rsa.size() >= RSA_BITS_MIN && isFor(rsa, JWSAlgorithm.RS256) ->
            verifiers.putIfAbsent(
                new Id(rsa.getKeyID(), JWSAlgorithm.RS256), new RSASSAVerifier(rsa.toPublicJWK()));
        case ECKey curve
            when curve.getCurve().equals(Curve.P_256) && isFor(curve, JWSAlgorithm.ES256) ->
            verifiers.putIfAbsent(
                new Id(curve.getKeyID(), JWSAlgorithm.ES256),
                new ECDSAVerifier(curve.toPublicJWK()));
        default -> {}
      }
    } catch (JOSEException e) {
      LOG.warn("a key of the identity issuer is left out: {}", e.getMessage());
    }
  }

  private static boolean isFor(JWK key, JWSAlgorithm algorithm) {
    return key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
  }

  @Nullable JWSVerifier find(String keyId, JWSAlgorithm algorithm) {
    return verifiers.get(new Id(keyId, algorithm));
  }
}
