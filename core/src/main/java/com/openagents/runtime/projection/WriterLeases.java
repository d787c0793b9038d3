package com.openagents.runtime.projection;

import com.openagents.runtime.identity.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Says which node may write documents. Thread-safe; may throw
/// [com.openagents.runtime.log.StoreUnavailable].
public interface WriterLeases {

  /// Takes the lease when nobody holds it, or its time has run out on the store's clock.
  ///
  /// @return with an epoch above all before; empty while somebody holds it, be it the same node
  Optional<WriterLease> acquire(NodeId node, Duration ttl);

  /// Prolongs a lease from now on, also when its time has run out.
  ///
  /// @return empty when it has been taken or raised since
  Optional<WriterLease> renew(WriterLease lease, Duration ttl);

  /// Gives a lease back; without effect when it has been taken or raised since.
  void release(WriterLease lease);

  /// Raises the epoch of a lease that is held, so that nothing begun under the one before it
  /// counts, and prolongs it.
  ///
  /// @param above an epoch that the new one must exceed too, as of a sink that has seen higher ones
  ///   than a store that was restored from a backup; or 0
  /// @return empty when it has been taken or raised since
  Optional<WriterLease> raise(WriterLease lease, long above, Duration ttl);

  /// Who holds the lease, or held it last; empty when nobody ever did.
  Optional<WriterLease> current();

  /// @param epoch strictly increasing over all holders
  record WriterLease(NodeId node, long epoch, Instant expiresAt) {}
}
