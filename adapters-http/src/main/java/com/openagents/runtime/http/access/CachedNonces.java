package com.openagents.runtime.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.openagents.runtime.access.Nonces;
import java.time.Duration;
import java.time.Instant;

/// Refuses what this node has seen before without asking the store, so that replays cost nothing
/// but memory; first uses still go to the store, which decides for all nodes.
public final class CachedNonces implements Nonces {

  private static final int REMEMBERED_MAX = 200_000;
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(6);

  private final Nonces nonces;
  private final Cache<String, Boolean> seen =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(LONGEST_LIFE).build();

  public CachedNonces(Nonces nonces) {
    this.nonces = nonces;
  }

  @Override
  public boolean use(String nonce, Instant issuedAt, Instant expiresAt) {
    if (seen.getIfPresent(nonce) != null) {
      return false;
    }
    boolean first = nonces.use(nonce, issuedAt, expiresAt);
    seen.put(nonce, true);
    return first;
  }
}
