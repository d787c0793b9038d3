package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.lease.LeaseVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random leases and what may be done to them; and, as both are few in kind, all of them. Not
/// thread-safe.
public final class Leases {

  private static final List<NodeId> NODES = List.of(new NodeId("node-a"), new NodeId("node-b"));
  private static final Duration MOMENT = Duration.ofNanos(1_000);
  private static final Duration TTL = Duration.ofSeconds(30);

  private final Values some;

  public Leases(RandomGenerator random) {
    some = new Values(random);
  }

  /// Every kind of lease there is at a moment: free and held, before, at and after its expiry.
  public static List<Lease> every(Instant now) {
    List<Lease> leases = new ArrayList<>();
    for (long epoch = 0; epoch < 3; epoch++) {
      leases.add(new Lease.Free(epoch));
      for (NodeId node : epoch == 0 ? List.<NodeId>of() : NODES) {
        leases.add(new Lease.Held(epoch, node, now.minus(MOMENT)));
        leases.add(new Lease.Held(epoch, node, now));
        leases.add(new Lease.Held(epoch, node, now.plus(TTL)));
      }
    }
    return leases;
  }

  /// Every kind of change, by each of two nodes.
  public static List<LeaseChange> everyChange() {
    List<LeaseChange> changes =
        new ArrayList<>(
            List.of(
                LeaseChange.KEEP,
                LeaseChange.VISIT,
                LeaseChange.RELEASE,
                LeaseChange.BREAK,
                LeaseChange.END,
                new LeaseChange.Extend(TTL)));
    NODES.forEach(node -> changes.add(new LeaseChange.Acquire(node, TTL)));
    return changes;
  }

  public Lease lease() {
    return some.chance()
        ? new Lease.Free(some.number())
        : new Lease.Held(some.number(), some.node(), some.time());
  }

  public LeaseChange change() {
    return switch (some.below(7)) {
      case 0 -> LeaseChange.KEEP;
      case 1 -> new LeaseChange.Acquire(some.node(), some.duration());
      case 2 -> new LeaseChange.Extend(some.duration());
      case 3 -> LeaseChange.RELEASE;
      case 4 -> LeaseChange.BREAK;
      case 5 -> LeaseChange.VISIT;
      default -> LeaseChange.END;
    };
  }

  public LeaseVerdict verdict() {
    return some.chance()
        ? new LeaseVerdict.Granted(lease())
        : new LeaseVerdict.Refused(some.oneOf(LeaseVerdict.Refusal.class));
  }
}
