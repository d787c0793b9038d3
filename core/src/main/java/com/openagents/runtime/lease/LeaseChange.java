package com.openagents.runtime.lease;

import com.openagents.runtime.identity.NodeId;
import java.time.Duration;

/// What a write does to the run's lease, judged on the store's clock in the same statement.
public sealed interface LeaseChange {

  /// Leaves the lease as it is.
  record Keep() implements LeaseChange {}

  /// Takes a free or expired lease; the epoch rises by one.
  record Acquire(NodeId owner, Duration ttl) implements LeaseChange {}

  /// Takes a free or expired lease and lets go of it in the same write; the epoch rises by one.
  record Visit() implements LeaseChange {}

  /// Keeps the holder's lease alive for another `ttl` from now.
  record Extend(Duration ttl) implements LeaseChange {}

  /// Lets go; the epoch stays.
  record Release() implements LeaseChange {}

  /// Takes an expired lease away from its holder without giving it to anyone; the epoch rises by
  /// one, so that the former holder is fenced from this moment.
  record Break() implements LeaseChange {}

  /// Ends whatever lease there is; for a write that ends the run without being its executor.
  record End() implements LeaseChange {}

  LeaseChange KEEP = new Keep();
  LeaseChange VISIT = new Visit();
  LeaseChange RELEASE = new Release();
  LeaseChange BREAK = new Break();
  LeaseChange END = new End();
}
