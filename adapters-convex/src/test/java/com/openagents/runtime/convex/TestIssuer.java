package com.openagents.runtime.convex;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Signs tokens as the runtime does: ES256, with a key that a deployment is given.
final class TestIssuer {

  static final String URL = "https://runtime.example";

  private final KeyPair keys = keys();

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The public key as a `data:` URI of a key set.
  String jwks() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    Json.Obj jwk =
        Json.object()
            .put("kty", "EC")
            .put("crv", "P-256")
            .put("alg", "ES256")
            .put("kid", "k1")
            .put("x", coordinate(key.getW().getAffineX()))
            .put("y", coordinate(key.getW().getAffineY()))
            .build();
    String set = CanonicalJson.write(Json.object().put("keys", Json.array(List.of(jwk))).build());
    return "data:application/json;base64,"
        + Base64.getEncoder().encodeToString(set.getBytes(UTF_8));
  }

  private static String coordinate(BigInteger n) {
    byte[] bytes = n.toByteArray();
    byte[] padded = new byte[32];
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, padded, 32 - length, length);
    return encoded(padded);
  }

  String serviceToken() {
    return token("openagents-convex-writer", "service:projector", "oa_convex_writer_v1");
  }

  String token(String audience, String subject, String claimsVersion) {
    long now = Instant.now().getEpochSecond();
    Json.Obj header = Json.object().put("alg", "ES256").put("typ", "JWT").put("kid", "k1").build();
    Json.Obj claims =
        Json.object()
            .put("iss", URL)
            .put("aud", audience)
            .put("sub", subject)
            .put("iat", now)
            .put("exp", now + 300)
            .put("oa_claims_version", claimsVersion)
            .build();
    String signed = encoded(header) + "." + encoded(claims);
    return signed + "." + encoded(signature(signed));
  }

  private byte[] signature(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(Json.Obj json) {
    return encoded(CanonicalJson.write(json).getBytes(UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(bytes, bytes.length));
  }
}
