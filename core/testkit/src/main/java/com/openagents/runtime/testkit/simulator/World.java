package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.seal.Signer;
import com.openagents.runtime.testkit.generate.Seeds;
import com.openagents.runtime.testkit.simulator.Played.Course;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What all nodes share: the store and its clock, the schedule, luck, and who is alive.
final class World {

  static final Duration LEASE_TTL = Duration.ofSeconds(4);

  /// So patient that no run fails for the faults that a simulation has.
  static final Limits LIMITS =
      new Limits(
          Duration.ofMillis(50),
          2048,
          Duration.ofSeconds(30),
          1_000_000,
          1L << 30,
          100,
          1_000,
          Duration.ofSeconds(1));

  private static final Duration CLOCK_STEP = Duration.ofHours(1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private Duration storeAhead = Duration.ZERO;
  private Instant latest = START;
  private final InMemoryStore store = new InMemoryStore(this::storeNow);
  private final Schedule schedule = new Schedule(START);
  private final List<SimulatedNode> alive = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final Place operator = new Place("operator");
  private final RandomGenerator random;
  private final Faults faults;
  private final Witness witness;
  private final AgeingWitness notes;
  private final Ageing ageing;
  private final @Nullable Duration retention;
  private final Signer signer;
  private final Lockstep lockstep;
  private final ProviderBooks books = new ProviderBooks();
  private final List<Strike> strikes = new ArrayList<>();
  private long calls;
  private int drained;

  /// @param retention after which pieces of texts age out, or null when none do
  /// @param bug what stands between the nodes and the honest store
  World(long seed, Faults faults, @Nullable Duration retention, UnaryOperator<StoreParts> bug) {
    this.random = Seeds.random(~seed);
    this.signer = Signers.of(seed);
    this.faults = faults;
    this.retention = retention;
    this.notes =
        new AgeingWitness(
            store.ageing(),
            () -> latest,
            runId -> store.log().head(runId).map(RunHead::lastSeq).orElse(0L));
    StoreParts parts = bug.apply(new StoreParts(store.log(), notes));
    this.witness = new Witness(parts.log(), retention != null);
    this.ageing = parts.ageing();
    this.lockstep = new Lockstep(time, random);
  }

  InMemoryStore store() {
    return store;
  }

  Witness witness() {
    return witness;
  }

  AgeingWitness notes() {
    return notes;
  }

  /// Ageing as nodes reach it.
  Ageing ageing() {
    return ageing;
  }

  /// By which nodes seal, and sign for what ages.
  Signer signer() {
    return signer;
  }

  @Nullable Duration retention() {
    return retention;
  }

  Lockstep lockstep() {
    return lockstep;
  }

  RandomGenerator random() {
    return random;
  }

  void note(Supplier<String> what) {
    schedule.note(lockstep.now(), what);
  }

  Fault fault(String node, Call.Kind kind) {
    Call call = new Call(++calls, node, kind);
    Fault fault = faults.at(call);
    if (!fault.possibleAt(kind)) {
      return Fault.NONE;
    }
    if (fault != Fault.NONE) {
      strikes.add(new Strike(call, fault));
      note(() -> "FAULT %s at a call of %s".formatted(fault, node));
    }
    return fault;
  }

  /// The store's clock, which is put forward and back, as no node's is.
  private Instant storeNow() {
    Instant now = time.instant().plus(storeAhead);
    latest = now.isAfter(latest) ? now : latest;
    return now;
  }

  void stepClockAhead() {
    storeAhead = storeAhead.plus(CLOCK_STEP);
  }

  void stepClockBack() {
    storeAhead = storeAhead.minus(CLOCK_STEP);
    lockstep.spawn(
        "clock",
        operator,
        () -> {
          lockstep.sleep(longerThanLease());
          operator.mustBeThere();
          storeAhead = storeAhead.plus(CLOCK_STEP);
          note(() -> "the store's clock is right again");
        });
  }

  /// Lets a call have its effect some time from now, whatever becomes of its caller.
  ///
  /// @param call makes it, and tells what came of it
  void land(Supplier<String> call) {
    Duration later = Duration.ofMillis(random.nextInt((int) LEASE_TTL.toMillis()));
    lockstep.spawn(
        "late call",
        operator,
        () -> {
          lockstep.sleep(later);
          operator.mustBeThere();
          String landed = call.get();
          note(() -> "LANDS LATE: " + landed);
        });
  }

  /// How it went so far.
  Course course() {
    return new Course(
        Duration.between(START, lockstep.now()), lockstep.steps(), calls, strikes, schedule);
  }

  ProviderBooks books() {
    return books;
  }

  /// Asks a process to end, if it has begun, and starts another beside it.
  void drain(Place place) {
    alive.stream()
        .filter(node -> node.place().equals(place))
        .findFirst()
        .ifPresent(node -> {
          alive.remove(node);
          start("node-%d".formatted(100 + ++drained));
          node.drain();
        });
  }

  /// Lets a process go that has ended in good order.
  void leave(Place place) {
    note(() -> place.name() + " has gone");
    place.crash();
    place.mustBeThere();
  }

  Duration aboutALease() {
    return Duration.ofMillis(random.nextInt(1, 2 * (int) LEASE_TTL.toMillis()));
  }

  Duration longerThanLease() {
    return LEASE_TTL.plusMillis(random.nextInt(1, (int) LEASE_TTL.toMillis()));
  }

  void start(String name) {
    Place place = new Place(name);
    places.add(place);
    lockstep.spawn(
        name + " boot",
        place,
        () -> {
          note(() -> name + " starts");
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
    places.forEach(Place::crash);
    lockstep.end();
  }
}
