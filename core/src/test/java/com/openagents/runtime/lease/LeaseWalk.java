package com.openagents.runtime.lease;

import com.openagents.runtime.identity.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/// Every change of a lease in every standing that it can come to, from a run that nobody held yet.
///
/// Epochs grow without end, so two leases count as one standing when they differ in the epoch
/// alone; what a change does to the epoch is kept in the cell.
record LeaseWalk(List<Cell> cells) {

  static final NodeId NODE = new NodeId("node-a");
  static final NodeId OTHER = new NodeId("node-b");
  static final Duration TTL = Duration.ofSeconds(30);
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  enum Standing {
    FREE,
    HELD,
    EXPIRED;

    static Standing of(Lease lease, Instant now) {
      return switch (lease) {
        case Lease.Free _ -> FREE;
        case Lease.Held held -> held.expiredAt(now) ? EXPIRED : HELD;
      };
    }
  }

  record Cell(Lease before, LeaseChange change, Instant now, LeaseVerdict verdict) {

    Standing standing() {
      return Standing.of(before, now);
    }

    /// The lease after the change; the same when it was refused.
    Lease after() {
      return verdict instanceof LeaseVerdict.Granted(Lease lease) ? lease : before;
    }
  }

  static final List<LeaseChange> CHANGES =
      List.of(
          LeaseChange.KEEP,
          new LeaseChange.Acquire(NODE, TTL),
          new LeaseChange.Acquire(OTHER, TTL),
          LeaseChange.VISIT,
          new LeaseChange.Extend(TTL),
          LeaseChange.RELEASE,
          LeaseChange.BREAK,
          LeaseChange.END);

  /// The clock at which a lease is tried: at once, at its last moment, and just after.
  private static final List<Duration> LATER =
      List.of(Duration.ZERO, TTL, TTL.plusNanos(1_000), TTL.plusDays(400));

  static LeaseWalk fromNothing() {
    List<Cell> cells = new ArrayList<>();
    Set<Lease> seen = new LinkedHashSet<>();
    Queue<Lease> ahead = new ArrayDeque<>(List.of(new Lease.Free(0)));
    while (!ahead.isEmpty()) {
      Lease lease = ahead.remove();
      if (seen.add(withoutEpoch(lease))) {
        for (LeaseChange change : CHANGES) {
          for (Duration later : LATER) {
            Instant now = NOW.plus(later);
            Cell cell = new Cell(lease, change, now, LeaseRules.decide(lease, change, now));
            cells.add(cell);
            ahead.add(acquiredAtStart(cell.after()));
          }
        }
      }
    }
    return new LeaseWalk(cells);
  }

  private static Lease withoutEpoch(Lease lease) {
    return switch (lease) {
      case Lease.Free _ -> new Lease.Free(0);
      case Lease.Held(_, var owner, var expiresAt) -> new Lease.Held(0, owner, expiresAt);
    };
  }

  /// The same lease as if it had been given at the start of the walk's clock.
  private static Lease acquiredAtStart(Lease lease) {
    return lease instanceof Lease.Held(long epoch, var owner, _)
        ? new Lease.Held(epoch, owner, NOW.plus(TTL))
        : lease;
  }
}
