package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// What all nodes share: the store and its clock, the schedule, luck, and who is alive.
final class World {

  static final Duration LEASE_TTL = Duration.ofSeconds(4);

  /// So patient that no run fails for the faults that a simulation has.
  static final Limits LIMITS =
      new Limits(
          Duration.ofMillis(50),
          2048,
          Duration.ofMinutes(15),
          1_000_000,
          1L << 30,
          100,
          1_000,
          Duration.ofSeconds(1));

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private final InMemoryStore store = new InMemoryStore(time);
  private final Schedule schedule = new Schedule(START);
  private final List<SimulatedNode> alive = new ArrayList<>();
  private final Place operator = new Place("operator");
  private final RandomGenerator random;
  private final Faults faults;
  private final Witness witness;
  private final Lockstep lockstep;
  private long calls;

  /// @param log what stands between the nodes and the honest log; bugs, when wanted
  World(RandomGenerator random, Faults faults, UnaryOperator<EventLog> log) {
    this.random = random;
    this.faults = faults;
    this.witness = new Witness(log.apply(store.log()));
    this.lockstep = new Lockstep(time, random);
  }

  InMemoryStore store() {
    return store;
  }

  Witness witness() {
    return witness;
  }

  Lockstep lockstep() {
    return lockstep;
  }

  Schedule schedule() {
    return schedule;
  }

  RandomGenerator random() {
    return random;
  }

  /// How many calls of ports were made.
  long calls() {
    return calls;
  }

  void note(String what) {
    schedule.note(lockstep.now(), what);
  }

  Fault fault(String node, String what, boolean ofStore) {
    return faults.at(new Call(++calls, node, what, ofStore));
  }

  Duration longerThanLease() {
    return LEASE_TTL.plusMillis(random.nextInt(1, (int) LEASE_TTL.toMillis()));
  }

  void start(String name) {
    Place place = new Place(name);
    lockstep.spawn(
        name + " boot",
        place,
        () -> {
          note(name + " starts");
          boot(place);
        });
  }

  /// A process that dies or finds no store while it starts is started again.
  private void boot(Place place) {
    try {
      SimulatedNode node = new SimulatedNode(this, place);
      alive.add(node);
      node.begin();
    } catch (StoreUnavailable e) {
      crash(place);
    }
  }

  void crash(Place place) {
    place.crash();
    alive.removeIf(node -> node.place().equals(place));
    lockstep.spawn(
        "restart of " + place.name(),
        operator,
        () -> {
          lockstep.sleep(Duration.ofMillis(random.nextInt(2 * (int) LEASE_TTL.toMillis())));
          operator.mustBeThere();
          start(place.name());
        });
  }

  /// Any node that is alive, also one that stands still.
  Optional<SimulatedNode> anyNode() {
    return alive.isEmpty()
        ? Optional.empty()
        : Optional.of(alive.get(random.nextInt(alive.size())));
  }

  /// Ends every process.
  void end(List<Place> others) {
    operator.crash();
    others.forEach(Place::crash);
    alive.forEach(node -> node.place().crash());
    lockstep.end();
  }
}
