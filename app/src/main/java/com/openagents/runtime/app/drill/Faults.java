package com.openagents.runtime.app.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Makes faults happen at a site, and undoes each when its time is over. For one thread each.
final class Faults {

  private static final Set<Fault> OF_A_NODE =
      EnumSet.of(Fault.KILL, Fault.FREEZE, Fault.CUT, Fault.DELAY, Fault.STALL, Fault.CLOCK);
  private static final Duration BEYOND_LEASE = Site.LEASE_TTL.plusMillis(500);
  private static final Duration ANOTHER_MAX = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration OFF = Duration.ofHours(1);
  private static final Duration LATE = Duration.ofMillis(60);

  private final Site site;
  private final DatabaseFaults database;
  private final FaultCount count;
  private final Consumer<String> progress;

  Faults(Site site, FaultCount count, Consumer<String> progress) {
    this.site = site;
    this.database = new DatabaseFaults(site.postgres());
    this.count = count;
    this.progress = progress;
  }

  /// Lets a fault happen, and returns when it is undone. One that is in the way of another, such as
  /// a lock in a server that crashes, does not happen.
  ///
  /// @return whether it did
  boolean happen(FaultPlan.Step step) throws InterruptedException {
    LockSupport.parkNanos(step.pause().toNanos());
    if (step.fault().toProcess()) {
      awaitAnother();
    }
    try {
      if (happened(step, serving(step.node()))) {
        count.happened(step.fault());
        return true;
      }
      failed(step.fault(), "nothing was there to befall");
    } catch (IOException | SQLException e) {
      failed(step.fault(), String.valueOf(e.getMessage()));
    }
    return false;
  }

  private void failed(Fault fault, String why) {
    count.failed(fault, why);
    progress.accept(fault.word() + " did not go through: " + why);
  }

  /// Waits a while for a node that goes on serving, so that there is something to disturb.
  private void awaitAnother() {
    long end = System.nanoTime() + ANOTHER_MAX.toNanos();
    while (site.nodes().stream().filter(KeptNode::serves).count() < Math.min(2, site.nodes().size())
        && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /// The node with the number, or else the next one that is there.
  private KeptNode serving(int number) {
    List<KeptNode> nodes = site.nodes();
    for (int further = 0; further < nodes.size(); further++) {
      KeptNode node = nodes.get((number + further) % nodes.size());
      if (node.serves()) {
        return node;
      }
    }
    return nodes.get(number);
  }

  private boolean happened(FaultPlan.Step step, KeptNode node)
      throws IOException, SQLException, InterruptedException {
    Duration hold = step.hold();
    if (OF_A_NODE.contains(step.fault()) && !node.serves()) {
      return false;
    }
    switch (step.fault()) {
      case KILL -> {
        return node.kill();
      }
      case FREEZE -> {
        return node.freeze(BEYOND_LEASE.plus(hold));
      }
      case CRASH -> {
        return database.crash(step.variant());
      }
      case CUT -> {
        return wire(step, node).cut() > 0;
      }
      case DELAY -> delay(wire(step, node), hold);
      case STALL -> stall(node.database(), BEYOND_LEASE.plus(hold));
      case CONNECTIONS -> {
        var _ = node.database().cut();
        return database.takeConnections(hold);
      }
      case READONLY -> database.readOnly(hold);
      case LOCK -> database.lock(hold);
      case FOREIGN -> database.foreign(hold.multipliedBy(2));
      case DISK -> fill(hold);
      case CLOCK -> stepClock(node, step.variant(), hold);
    }
    return true;
  }

  private static Proxy wire(FaultPlan.Step step, KeptNode node) {
    return step.variant() ? node.front() : node.database();
  }

  private static void delay(Proxy wire, Duration hold) {
    wire.delay(LATE);
    LockSupport.parkNanos(hold.toNanos());
    wire.delay(Duration.ZERO);
  }

  private static void stall(Proxy wire, Duration hold) {
    wire.stop();
    LockSupport.parkNanos(hold.toNanos());
    wire.go();
  }

  /// Puts the clock of a node off by far more than a lease, and right again.
  private void stepClock(KeptNode node, boolean ahead, Duration hold) throws IOException {
    NodeClock clock = site.clock(node).orElseThrow();
    try {
      clock.step(ahead ? OFF : OFF.negated());
      LockSupport.parkNanos(hold.toNanos());
    } finally {
      clock.set();
    }
  }

  private void fill(Duration hold) throws IOException {
    SmallDisk disk = site.disk().orElseThrow();
    try {
      disk.fill();
      LockSupport.parkNanos(hold.toNanos());
    } finally {
      disk.clear();
    }
  }
}
