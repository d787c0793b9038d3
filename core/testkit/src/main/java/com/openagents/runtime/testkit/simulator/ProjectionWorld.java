package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.testkit.generate.RandomRuns;
import com.openagents.runtime.testkit.generate.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What projecting processes share: the store with its log, two sinks, the schedule, and luck.
final class ProjectionWorld {

  static final Duration LEASE_TTL = Duration.ofSeconds(4);

  /// The sink in front of which a bug may be.
  static final String SINK = "convex";

  static final String OTHER = "other";

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Integer> EVERY_CALL = List.of(25, 50, 150, 10_000);
  private static final List<Fault> FAULTS =
      List.of(
          Fault.CRASH_BEFORE,
          Fault.CRASH_AFTER,
          Fault.UNAVAILABLE,
          Fault.ANSWER_LOST,
          Fault.FREEZE_BEFORE,
          Fault.FREEZE_AFTER,
          Fault.LANDS_LATER);

  private final VirtualTime time = new VirtualTime(START);
  private final InMemoryStore store = new InMemoryStore(time);
  private final RandomGenerator random;
  private final Schedule schedule = new Schedule(START);
  private final Lockstep lockstep;
  private final RandomRuns runs;
  private final List<Place> places = new ArrayList<>();
  private final Place outside = new Place("outside");
  private final int everyCall;
  private final boolean late;
  private final ProjectionBug bug;
  private final ProjectionParts parts;
  private final SinkWitness sink;
  private final SinkWitness other;
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private boolean quiet;

  ProjectionWorld(long seed, ProjectionBug bug) {
    random = Seeds.random(~seed);
    this.bug = bug;
    lockstep = new Lockstep(time, random);
    runs = new RandomRuns(random, store.log(), 1 + random.nextInt(6), 1 + random.nextInt(3));
    everyCall = EVERY_CALL.get(random.nextInt(EVERY_CALL.size()));
    late = random.nextBoolean();
    InMemorySink honest = new InMemorySink(SINK);
    ProjectionParts spoiled =
        bug.inStores()
            .apply(
                new ProjectionParts(
                    store.changes(),
                    store.projections(),
                    store.knownSinks(),
                    store.sinkBook(),
                    store.sinkStreams(),
                    store.writers(),
                    honest));
    sink = new SinkWitness(spoiled.sink(), () -> quiet, this::kept);
    other = new SinkWitness(new InMemorySink(OTHER), () -> quiet, this::kept);
    StoreWitness witness = new StoreWitness(store, spoiled);
    parts =
        new ProjectionParts(
            spoiled.feed(),
            witness.store(),
            witness.known(),
            witness.book(),
            witness.streams(),
            spoiled.writers(),
            sink);
  }

  private boolean kept(String projection, String entityId) {
    return store.projections().find(projection, entityId).isPresent();
  }

  /// The ports as a process reaches them.
  ProjectionParts seenBy(ProjectionGate gate) {
    return bug.inNodes()
        .apply(
            new ProjectionParts(
                gate.port(ChangeFeed.class, parts.feed()),
                gate.port(ProjectionStore.class, parts.store()),
                gate.port(KnownSinks.class, parts.known()),
                gate.port(SinkBook.class, parts.book()),
                gate.port(SinkStreams.class, parts.streams()),
                gate.port(WriterLeases.class, parts.writers()),
                gate.sink(parts.sink())));
  }

  InMemoryStore store() {
    return store;
  }

  ProjectionSink other() {
    return other;
  }

  /// The sink in front of which a bug may be.
  SinkWitness sink() {
    return sink;
  }

  SinkWitness sink(String name) {
    return name.equals(SINK) ? sink : other;
  }

  Map<String, SinkWitness> sinks() {
    return Map.of(SINK, sink, OTHER, other);
  }

  RandomRuns runs() {
    return runs;
  }

  Lockstep lockstep() {
    return lockstep;
  }

  Place outside() {
    return outside;
  }

  Schedule schedule() {
    return schedule;
  }

  /// 1 to the bound.
  int upTo(int bound) {
    return 1 + random.nextInt(bound);
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  Projector.Bounds bounds() {
    return new Projector.Bounds(upTo(4), upTo(6), upTo(15), upTo(2_000), upTo(9));
  }

  Duration longerThanLease() {
    return LEASE_TTL.plusMillis(upTo((int) LEASE_TTL.toMillis()));
  }

  void note(Supplier<String> what) {
    schedule.note(lockstep.now(), what);
  }

  /// From now on nothing happens to anybody.
  void becomeQuiet() {
    quiet = true;
    note(() -> "ALL IS QUIET");
  }

  boolean quiet() {
    return quiet;
  }

  Fault fault() {
    if (quiet || random.nextInt(everyCall) != 0) {
      return Fault.NONE;
    }
    Fault drawn = FAULTS.get(random.nextInt(FAULTS.size()));
    Fault fault = drawn == Fault.LANDS_LATER && !late ? Fault.UNAVAILABLE : drawn;
    faults.merge(fault, 1L, Long::sum);
    return fault;
  }

  /// How many happened of each kind.
  Map<Fault, Long> faults() {
    return faults;
  }

  /// How long it has gone on, on its own clock.
  Duration age() {
    return Duration.between(START, lockstep.now());
  }

  /// Whether sinks may lose what they have: only where nothing that was sent before lands after.
  boolean sinksForget() {
    return !late;
  }

  /// Lets a call have its effect some time from now, whatever becomes of its caller.
  void land(String what, Supplier<@Nullable Object> call) {
    Duration later = Duration.ofMillis(upTo((int) LEASE_TTL.toMillis()));
    lockstep.spawn(
        "late call",
        outside,
        () -> {
          lockstep.sleep(later);
          outside.mustBeThere();
          try {
            Object answer = call.get();
            note(() -> "LANDS LATE: " + what + " → " + answer);
          } catch (WriterFenced | StoreUnavailable refused) {
            note(() -> "LANDS LATE: " + what + " → refused");
          }
        });
  }

  void start(String name) {
    Place place = new Place(name);
    places.add(place);
    new ProjectingNode(this, place).begin();
  }

  void crash(Place place) {
    place.crash();
    lockstep.spawn(
        "restart of " + place.name(),
        outside,
        () -> {
          lockstep.sleep(Duration.ofMillis(upTo(2 * (int) LEASE_TTL.toMillis())));
          outside.mustBeThere();
          start(place.name());
        });
  }

  void crashAll() {
    List.copyOf(places).stream().filter(place -> !place.gone()).forEach(this::crash);
  }

  void end() {
    outside.crash();
    places.forEach(Place::crash);
    lockstep.end();
  }
}
