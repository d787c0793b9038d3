package com.openagents.runtime.inmemory;

import com.openagents.runtime.access.Nonces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/// Remembers nonces until they expire, from the moment that it was made. Thread-safe.
final class InMemoryNonces implements Nonces {

  private record Used(String nonce, Instant expiresAt) {}

  private final InstantSource clock;
  private final Instant remembersSince;
  private final Set<String> used = new HashSet<>();
  private final PriorityQueue<Used> byExpiry =
      new PriorityQueue<>(Comparator.comparing(Used::expiresAt));

  InMemoryNonces(InstantSource clock) {
    this.clock = clock;
    this.remembersSince = clock.instant();
  }

  @Override
  public synchronized boolean use(String nonce, Instant issuedAt, Instant expiresAt) {
    forgetExpired();
    if (issuedAt.isBefore(remembersSince) || !used.add(nonce)) {
      return false;
    }
    byExpiry.add(new Used(nonce, expiresAt));
    return true;
  }

  private void forgetExpired() {
    Instant now = clock.instant();
    while (!byExpiry.isEmpty() && byExpiry.element().expiresAt().isBefore(now)) {
      used.remove(byExpiry.remove().nonce());
    }
  }
}
