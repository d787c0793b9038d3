package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.projection.WriterLeases;
import java.time.Duration;
import java.util.Optional;

/// The writer's lease in memory. Thread-safe.
final class InMemoryWriterLeases implements WriterLeases {

  private final ProjectionTables tables;

  InMemoryWriterLeases(ProjectionTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<WriterLease> acquire(NodeId node, Duration ttl) {
    return tables.exclusively(t -> {
      if (t.lease != null && t.now().isBefore(t.lease.expiresAt())) {
        return Optional.empty();
      }
      long epoch = t.lease == null ? 1 : t.lease.epoch() + 1;
      t.lease = new WriterLease(node, epoch, t.now().plus(ttl));
      return Optional.of(t.lease);
    });
  }

  @Override
  public Optional<WriterLease> renew(WriterLease lease, Duration ttl) {
    return change(lease, lease.epoch(), ttl);
  }

  @Override
  public Optional<WriterLease> raise(WriterLease lease, long above, Duration ttl) {
    return change(lease, Math.max(lease.epoch(), above) + 1, ttl);
  }

  @Override
  public void release(WriterLease lease) {
    change(lease, lease.epoch(), Duration.ZERO);
  }

  private Optional<WriterLease> change(WriterLease lease, long epoch, Duration ttl) {
    return tables.exclusively(t -> {
      if (t.lease == null || t.lease.epoch() != lease.epoch()) {
        return Optional.empty();
      }
      t.lease = new WriterLease(lease.node(), epoch, t.now().plus(ttl));
      return Optional.of(t.lease);
    });
  }

  @Override
  public Optional<WriterLease> current() {
    return tables.exclusively(t -> Optional.ofNullable(t.lease));
  }
}
