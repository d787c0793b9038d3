package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.token.Revocation;
import com.openagents.runtime.token.Revocations;
import com.openagents.runtime.token.Revoked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers revocations until they end. Thread-safe.
final class InMemoryRevocations implements Revocations {

  private final InstantSource clock;
  private final Map<Revoked, Instant> lasting = new HashMap<>();

  InMemoryRevocations(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Instant revoke(Revoked what, Instant until) {
    forgetEnded();
    return lasting.merge(what, until, (one, other) -> one.isAfter(other) ? one : other);
  }

  @Override
  public synchronized Optional<Revocation> lift(Revoked what) {
    forgetEnded();
    return Optional.ofNullable(lasting.remove(what)).map(until -> new Revocation(what, until));
  }

  @Override
  public synchronized boolean isRevoked(@Nullable String tokenId, Principal subject) {
    forgetEnded();
    return lasting.containsKey(new Revoked.Subject(subject))
        || (tokenId != null && lasting.containsKey(new Revoked.TokenId(tokenId)));
  }

  @Override
  public synchronized List<Revocation> list(int limit) {
    forgetEnded();
    return lasting.entrySet().stream()
        .map(entry -> new Revocation(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Revocation::until).reversed())
        .limit(limit)
        .toList();
  }

  private void forgetEnded() {
    Instant now = clock.instant();
    lasting.values().removeIf(until -> !until.isAfter(now));
  }
}
