package com.openagents.runtime.http.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.HeardIdentities;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A key of an issuer, with which tokens are signed whatever they say.
///
/// @param algorithm that it signs with, whatever a token says
public record TestKey(JWK jwk, JWSAlgorithm algorithm) {

  public static TestKey rsa(String keyId) {
    return rsa(keyId, 2048);
  }

  static TestKey rsa(String keyId, int bits) {
    try {
      return new TestKey(
          new RSAKeyGenerator(bits, true).keyID(keyId).generate(), JWSAlgorithm.RS256);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static TestKey curve(String keyId) {
    return curve(keyId, Curve.P_256, JWSAlgorithm.ES256);
  }

  static TestKey curve(String keyId, Curve curve, JWSAlgorithm algorithm) {
    try {
      return new TestKey(new ECKeyGenerator(curve).keyID(keyId).generate(), algorithm);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The same key, signing with another algorithm.
  public TestKey signing(JWSAlgorithm other) {
    return new TestKey(jwk, other);
  }

  /// This key alone, as if an issuer had published it.
  public IssuerKeys published() {
    Json key = JsonReader.read(jwk.toPublicJWK().toJSONString());
    return new IssuerKeys(
        () -> PublishedKeys.of(List.of(key)),
        Runnable::run,
        () -> 0,
        new HeardIdentities(),
        Duration.ofSeconds(1));
  }

  static String document(TestKey... published) {
    return Arrays.stream(published)
        .map(key -> key.jwk().toPublicJWK().toJSONString())
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  /// The signature's part of a token with these parts before it.
  public String sign(String parts) {
    try {
      byte[] bytes = parts.getBytes(UTF_8);
      Base64URL signature = signer().sign(new JWSHeader(algorithm), bytes);
      return signature.toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private JWSSigner signer() throws JOSEException {
    return switch (jwk) {
      case RSAKey rsa -> new RSASSASigner(rsa, Set.of(AllowWeakRSAKey.getInstance()));
      case ECKey curve -> new ECDSASigner(curve);
      default -> throw new IllegalStateException(jwk.getKeyType().getValue());
    };
  }
}
