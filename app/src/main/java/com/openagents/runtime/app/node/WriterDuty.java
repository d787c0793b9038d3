package com.openagents.runtime.app.node;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the writer's lease for this node while nobody else does. Thread-safe.
final class WriterDuty {

  private static final Logger LOG = LoggerFactory.getLogger(WriterDuty.class);

  /// Far above what raising can reach; whoever speaks of more is not what it seems to be.
  private static final long EPOCH_MAX = 1L << 52;

  private final WriterLeases leases;
  private final NodeId node;
  private final Duration ttl;
  private volatile @Nullable WriterLease held;
  private @Nullable WriterLease doubted;
  private long above;
  private volatile boolean standsBack;

  WriterDuty(WriterLeases leases, NodeId node, Duration ttl) {
    this.leases = leases;
    this.node = node;
    this.ttl = ttl;
  }

  /// Takes the lease, or prolongs it.
  synchronized void keep() {
    if (standsBack) {
      return;
    }
    WriterLease inDoubt = doubted;
    if (inDoubt != null) {
      held = leases.raise(inDoubt, above, ttl).orElse(null);
      doubted = null;
      above = 0;
      if (held == null) {
        LOG.warn("another node has taken over the projections");
      }
      return;
    }
    WriterLease lease = held;
    if (lease == null) {
      held = leases.acquire(node, ttl).orElse(null);
      if (held != null) {
        LOG.info("this node writes the projections, in epoch {}", held.epoch());
      }
    } else {
      held = leases.renew(lease, ttl).orElse(null);
      if (held == null) {
        LOG.warn("another node has taken over the projections");
      }
    }
  }

  /// Does something under the lease, if this node has it.
  void under(LongConsumer act) {
    WriterLease lease = held;
    if (lease == null) {
      return;
    }
    try {
      act.accept(lease.epoch());
    } catch (WriterFenced e) {
      doubt(lease, e.present() <= EPOCH_MAX ? e.present() : 0);
    } catch (StoreUnavailable e) {
      doubt(lease, 0);
      throw e;
    }
  }

  /// What was given up may still be written, behind what is read next, and a sink may have seen a
  /// higher epoch than this one. So nothing more is done until the epoch has been raised above
  /// both, which fails when another node has the lease by now.
  private synchronized void doubt(WriterLease lease, long seen) {
    WriterLease now = held;
    if (now != null && now.epoch() == lease.epoch()) {
      doubted = now;
      held = null;
      above = seen;
    }
  }

  boolean holds() {
    return held != null;
  }

  /// Leaves the projections to others as long as this process lives.
  synchronized void standBack() {
    standsBack = true;
    release();
  }

  /// Gives the lease back, so that another node need not wait for its end.
  synchronized void release() {
    WriterLease lease = held == null ? doubted : held;
    held = null;
    doubted = null;
    if (lease != null) {
      leases.release(lease);
    }
  }
}
