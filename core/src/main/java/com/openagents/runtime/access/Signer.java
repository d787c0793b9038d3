package com.openagents.runtime.access;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.identity.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import javax.crypto.SecretKey;

/// Signs requests on a client's side. Thread-safe as far as its clock and ids are.
public final class Signer {

  /// The name of the header that carries what [#sign] returns.
  public static final String HEADER = "X-OA-RUNTIME-SIGNATURE";

  private static final Duration LIFETIME = Duration.ofMinutes(1);

  private final SigningKeys keys;
  private final InstantSource clock;
  private final Ids nonces;

  public Signer(SigningKeys keys, InstantSource clock, Ids nonces) {
    this.keys = keys;
    this.clock = clock;
    this.nonces = nonces;
  }

  /// Returns the header for one request; a retry needs another.
  public String sign(Binding binding, Set<String> roles) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String keyId = keys.signingKeyId();
    return sign(
        new Claims(now, now.plus(LIFETIME), nonces.next().toString(), keyId, binding, roles, null));
  }

  /// Returns the header for claims as they stand.
  ///
  /// @throws IllegalArgumentException when there is no key of that id
  public String sign(Claims claims) {
    SecretKey key =
        keys.find(claims.keyId())
            .orElseThrow(() -> new IllegalArgumentException("no such key: " + claims.keyId()));
    return Token.write(claims, key);
  }
}
