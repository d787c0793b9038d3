package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.RunProjections;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is done to projections from outside while they are at work: runs are written, documents
/// told again, and sinks lost.
final class ProjectionOperator {

  private static final int WRITES = 90;

  /// How many of the kinds of acts there are in a play: without rebuilds, without what only a
  /// rebuild mends, and all.
  private static final List<Integer> ACTS = List.of(5, 11, 13);

  private static final int PAUSE_MILLIS_MAX = 500;
  private static final long FAR = 1_000_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ProjectionWorld world;
  private final InMemoryStore store;
  private final int acts;
  private boolean repairs;
  private @Nullable Runnable backup;

  ProjectionOperator(ProjectionWorld world) {
    this.world = world;
    this.store = world.store();
    this.acts = ACTS.get(world.upTo(ACTS.size()) - 1);
  }

  void begin() {
    world.lockstep().spawn("outside", world.outside(), this::work);
  }

  private void work() {
    for (int write = 0; write < WRITES; write++) {
      world.runs().step();
      if (world.chance(10)) {
        world.runs().age(store.ageing());
      }
      if (world.chance(6)) {
        act();
      }
      if (world.chance(2)) {
        pause(PAUSE_MILLIS_MAX);
      }
    }
    world.becomeQuiet();
    openAgain();
    store
        .knownSinks()
        .sinks(RunProjections.BUILT_IN.names())
        .forEach(state -> store.knownSinks().pause(state.sink(), false));
    if (repairs) {
      request(new Scope.All(), false);
    }
    while (true) {
      repair();
      world.lockstep().sleep(SECOND);
      world.outside().mustBeThere();
    }
  }

  /// What was forged stands in the way until a generation above it is told.
  private void repair() {
    int parked =
        store.knownSinks().sinks(RunProjections.BUILT_IN.names()).stream()
            .mapToInt(s -> store.sinkBook().retry(s.sink()))
            .sum();
    if (repairs && parked > 0 && store.rebuilds().unfinished().isEmpty()) {
      request(new Scope.All(), false);
    }
  }

  private void pause(int millisMax) {
    world.lockstep().sleep(Duration.ofMillis(world.upTo(millisMax)));
    world.outside().mustBeThere();
  }

  private void act() {
    String sink = world.chance(2) ? ProjectionWorld.SINK : ProjectionWorld.OTHER;
    switch (world.upTo(acts)) {
      case 1, 2 -> store.knownSinks().pause(sink, world.chance(2));
      case 3 -> store.sinkBook().retry(sink);
      case 4 -> lose(sink);
      case 5 -> forget(sink);
      case 6, 7 -> request(scope(), world.chance(4));
      case 8 -> cancel();
      case 9 -> outrun(sink);
      case 10, 11 -> backUpOrRestore();
      case 12 -> drop();
      default -> forge();
    }
  }

  private Scope scope() {
    return switch (world.upTo(4)) {
      case 1 -> new Scope.All();
      case 2 -> {
        var ids = RunProjections.BUILT_IN.ids();
        yield new Scope.Projection(ids.get(world.upTo(ids.size()) - 1).name());
      }
      case 3 -> {
        var ids = world.runs().ids();
        yield ids.isEmpty()
            ? new Scope.All()
            : new Scope.OneRun(ids.get(world.upTo(ids.size()) - 1));
      }
      default -> new Scope.OneThread(new ThreadId("thread-" + (world.upTo(3) - 1)));
    };
  }

  private void request(Scope scope, boolean compareOnly) {
    Rebuild asked = store.rebuilds().request(new Request(scope, compareOnly, "operator:play"));
    world.note(() -> "ASKED FOR: " + asked.request());
  }

  private void cancel() {
    store
        .rebuilds()
        .unfinished()
        .ifPresent(rebuild -> {
          store.rebuilds().cancel(rebuild.number());
          world.note(() -> "CANCELED: rebuild " + rebuild.number());
        });
  }

  /// Has everybody open the sinks anew, so that they look where these stand.
  private void openAgain() {
    store
        .writers()
        .current()
        .flatMap(lease -> store.writers().raise(lease, 0, ProjectionWorld.LEASE_TTL))
        .ifPresent(lease -> world.note(() -> "RAISED: to epoch " + lease.epoch()));
  }

  private void lose(String sink) {
    if (world.sinksForget()) {
      world.sink(sink).wipe();
      world.note(() -> "WIPED: " + sink);
    }
  }

  /// Whether the book knows where a sink stands that has lost something, or has more than it was
  /// given.
  private boolean noticed(Map.Entry<String, SinkWitness> sink) {
    Map<String, Long> reserved = store.sinkStreams().reserved(sink.getKey());
    return store.sinkStreams().standing(sink.getKey()).entrySet().stream()
            .noneMatch(
                known -> sink.getValue().position(known.getKey()) < known.getValue().position())
        && RunProjections.BUILT_IN.ids().stream()
            .map(ProjectionId::name)
            .allMatch(id -> sink.getValue().position(id) <= reserved.getOrDefault(id, 0L));
  }

  private void outrun(String sink) {
    world.sink(sink).outrun(world.upTo(4) - 1, world.upTo(4) - 1);
    world.note(() -> "AHEAD: " + sink);
  }

  private void backUpOrRestore() {
    Runnable before = backup;
    if (before == null) {
      Runnable kept = store.backup();
      Runnable runs = world.runs().backup();
      backup =
          () -> {
            kept.run();
            runs.run();
          };
      world.note(() -> "BACKED UP");
    } else if (world.sinksForget()) {
      restore(before);
    }
  }

  /// Puts logs, documents, and all that is known of sinks back to where they were. Every process
  /// loses its connections by that.
  private void restore(Runnable before) {
    backup = null;
    before.run();
    world.note(() -> "RESTORED: as it was backed up");
    world.crashAll();
  }

  /// Drops all that is kept, while nobody may write.
  private void drop() {
    store
        .writers()
        .current()
        .filter(_ -> world.sinksForget())
        .flatMap(lease -> store.writers().raise(lease, 0, ProjectionWorld.LEASE_TTL))
        .ifPresent(_ -> {
          store.projections().wipe();
          world.note(() -> "DROPPED: all that was kept");
        });
  }

  /// Has a sink forgotten by a writer that does not know of it yet.
  private void forget(String sink) {
    store
        .writers()
        .current()
        .flatMap(lease -> store.writers().raise(lease, 0, ProjectionWorld.LEASE_TTL))
        .map(_ -> store.knownSinks().forget(sink))
        .ifPresent(forgotten -> world.note(() -> forgotten + ": " + sink));
  }

  /// Somebody puts a document into a sink that is further than its run; a rebuild mends it.
  private void forge() {
    List<KeptDocument> kept = store.projections().page("run_summary", "", 1);
    Generation generation = store.projections().generations().get("run_summary");
    if (!kept.isEmpty() && generation != null) {
      Document d = kept.getFirst().document();
      Document far = Document.kept(d.projection(), d.entity(), d.seq() + FAR, d.owner(), "{}");
      world.sink().forge(far, generation.number());
      repairs = true;
      world.note(() -> "FORGED: " + far.id());
    }
  }

  /// Whether nothing is left to do.
  boolean over() {
    return world.quiet()
        && store.rebuilds().unfinished().isEmpty()
        && store.projections().position().filter(store.changes().now()::equals).isPresent()
        && store.knownSinks().sinks(RunProjections.BUILT_IN.names()).size() == world.sinks().size()
        && store.knownSinks().sinks(RunProjections.BUILT_IN.names()).stream()
            .allMatch(s -> !s.marking() && s.pending() == 0 && s.parked() == 0)
        && world.sinks().entrySet().stream().allMatch(this::noticed)
        && RunProjections.BUILT_IN.ids().stream()
            .allMatch(id -> store.projections().outdated(id.name(), 1).isEmpty())
        && told();
  }

  private boolean told() {
    Map<RunId, Long> heads = new HashMap<>();
    store.scan().runs(null, WRITES).forEach(run -> heads.put(run.runId(), run.lastSeq()));
    return store.projections().through(heads.keySet()).equals(heads);
  }
}
