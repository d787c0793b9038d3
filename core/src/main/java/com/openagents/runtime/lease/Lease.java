package com.openagents.runtime.lease;

import com.openagents.runtime.identity.NodeId;
import java.time.Instant;

/// The right to act for a run, as it stands in the store.
///
/// The epoch strictly increases for the life of the run, at every acquisition and at every break,
/// also when the same node acquires again.
public sealed interface Lease {

  /// The highest epoch ever given out; 0 before the first acquisition.
  long epoch();

  /// Nobody holds the lease.
  record Free(long epoch) implements Lease {}

  /// @param expiresAt on the store's clock
  record Held(long epoch, NodeId owner, Instant expiresAt) implements Lease {
    public boolean expiredAt(Instant now) {
      return expiresAt.isBefore(now);
    }
  }
}
