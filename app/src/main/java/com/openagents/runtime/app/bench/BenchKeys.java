package com.openagents.runtime.app.bench;

import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// A secret that services and those who call them share for one benchmark.
public final class BenchKeys {

  private static final int SECRET_BYTES = 32;

  private final String setting;
  private final Signer signer;

  public BenchKeys() {
    SecureRandom random = new SecureRandom();
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    setting = "bench=" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    long beginning = random.nextLong();
    AtomicLong nonces = new AtomicLong();
    signer =
        new Signer(
            SigningKeys.parse(setting),
            InstantSource.system(),
            () -> new UUID(beginning, nonces.incrementAndGet()));
  }

  /// As a service is told it.
  public String setting() {
    return setting;
  }

  /// Its nonces are counted from a random beginning, which costs a call nothing.
  public Signer signer() {
    return signer;
  }
}
