package com.openagents.runtime.app.wiring;

import com.openagents.runtime.identity.Ids;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/// UUID version 7 (RFC 9562) from the clock and strong randomness. Thread-safe.
public final class RandomIds implements Ids {

  private static final long VERSION_7 = 7L << 12;
  private static final long VARIANT = 1L << 63;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public RandomIds(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public UUID next() {
    return new UUID(
        clock.millis() << 16 | VERSION_7 | random.nextInt(1 << 12),
        VARIANT | random.nextLong() >>> 2);
  }
}
