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

  private final WriterLeases leases;
  private final NodeId node;
  private final Duration ttl;
  private volatile @Nullable WriterLease held;
  private @Nullable WriterLease doubted;
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
      held = leases.raise(inDoubt, ttl).orElse(null);
      doubted = null;
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
      lose(lease);
    } catch (StoreUnavailable e) {
      doubt(lease);
      throw e;
    }
  }

  /// What was given up may still be written, behind what is read next. So nothing more is done
  /// until the epoch has been raised, after which it cannot.
  private synchronized void doubt(WriterLease lease) {
    WriterLease now = held;
    if (now != null && now.epoch() == lease.epoch()) {
      doubted = now;
      held = null;
    }
  }

  private synchronized void lose(WriterLease lease) {
    if (lease.equals(held) || held == null || held.epoch() == lease.epoch()) {
      LOG.warn("epoch {} of the projections is over", lease.epoch());
      held = null;
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
