package com.openagents.runtime.projector;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Stretch;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Progress;
import com.openagents.runtime.projection.Rebuild.Proof;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkBook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells documents again from the log, a step at a time.
///
/// Each step ends with keeping how far it has come, so whoever stops it anywhere loses one step.
/// The documents that are there stay readable until the new ones replace them.
///
/// Everything throws [com.openagents.runtime.projection.WriterFenced] once another node writes, and
/// [com.openagents.runtime.log.StoreUnavailable]. Not thread-safe; takes turns with [Projector].
public final class Rebuilding {

  private static final int SWEPT_AT_ONCE = 1_000;

  /// In one step, unless a single run has more.
  private static final long EVENTS = 20_000;

  private final LogScan scan;
  private final ProjectionStore store;
  private final KnownSinks known;
  private final SinkBook book;
  private final Rebuilds rebuilds;
  private final Projector projector;
  private final Comparison comparison;
  private final RunProjections projections;
  private final Preparing preparing;
  private final Strays strays;
  private final int runs;
  private @Nullable Proving proving;
  private @Nullable StrayWalk looking;

  /// @param runs in one step at most
  public Rebuilding(
      RebuildPorts ports,
      Projector projector,
      Comparison comparison,
      RunProjections projections,
      int runs) {
    this.scan = ports.scan();
    this.store = ports.store();
    this.known = ports.known();
    this.book = ports.book();
    this.rebuilds = ports.rebuilds();
    this.projector = projector;
    this.comparison = comparison;
    this.projections = projections;
    this.preparing = new Preparing(store, rebuilds, projections);
    this.strays = new Strays(scan);
    this.runs = runs;
  }

  /// Asks for what the store lacks, as [Preparing] does.
  ///
  /// @return false when a newer runtime has projected here: this node must not write
  public boolean prepare(long epoch) {
    return preparing.step(epoch);
  }

  /// Does the next step of the oldest rebuild that has not ended.
  ///
  /// @return the rebuild as it stands; empty when there is none
  public Optional<Rebuild> step(long epoch) {
    Optional<Rebuild> found = rebuilds.unfinished();
    if (found.isEmpty()) {
      return found;
    }
    Rebuild next = possible(found.get()) ? next(epoch, found.get()) : without(found.get());
    boolean goesOn = rebuilds.save(epoch, next);
    return Optional.of(goesOn ? next : next.in(Phase.CANCELED, next.progress()));
  }

  /// Whether every projection that is told has a generation to be written in, or gets one.
  private boolean possible(Rebuild rebuild) {
    Set<String> begun = new HashSet<>(store.generations().keySet());
    boolean begins = rebuild.phase() == Phase.REQUESTED || rebuild.phase() == Phase.BEGINNING;
    if (begins && rebuild.request().scope() instanceof Scope.Projection(var name)) {
      begun.add(name);
    }
    return rebuild.request().compareOnly()
        || (begins && rebuild.request().scope() instanceof Scope.All)
        || projections.ids().stream().allMatch(id -> begun.contains(id.name()));
  }

  /// Before the first rebuild of everything no part can be told, and when all was dropped meanwhile
  /// everything is told from the beginning. What is to be retired can be asked for again.
  private static Rebuild without(Rebuild rebuild) {
    Scope scope = rebuild.request().scope();
    Phase part = scope instanceof Scope.Retired ? Phase.CANCELED : Phase.DONE;
    return rebuild.in(scope instanceof Scope.All ? Phase.REQUESTED : part, rebuild.progress());
  }

  private Rebuild next(long epoch, Rebuild rebuild) {
    return switch (rebuild.request().scope()) {
      case Scope.OneRun(var runId) -> one(epoch, rebuild, List.of(runId));
      case Scope.OneThread(var thread) ->
          one(epoch, rebuild, scan.runsOf(List.of(thread)).getOrDefault(thread, List.of()));
      case Scope.All() -> many(epoch, rebuild, projections.ids());
      case Scope.Projection(var name) ->
          many(epoch, rebuild, projections.named(name).stream().toList());
      case Scope.Retired(var name) -> retired(epoch, rebuild, name);
    };
  }

  private Rebuild one(long epoch, Rebuild rebuild, List<RunId> ids) {
    Progress p =
        differing(rebuild.progress(), ids.stream().map(this::reach).toList())
            .proven(Digests.of(store, "before", ids, thread(rebuild)));
    if (rebuild.request().compareOnly()) {
      return rebuild.in(Phase.DONE, p.folded(ids.size(), 0, null));
    }
    long events = projector.rebuild(epoch, ids, true).events();
    List<String> sinks = known.sinks(projections.names()).stream().map(SinkState::sink).toList();
    ids.forEach(id -> deliverAgain(epoch, sinks, id.toString()));
    for (ThreadId thread : thread(rebuild).stream().toList()) {
      events += projector.thread(epoch, thread).events();
      deliverAgain(epoch, sinks, thread.value());
    }
    return rebuild.in(
        Phase.DONE,
        p.folded(ids.size(), events, null)
            .proven(Digests.of(store, "after", ids, thread(rebuild))));
  }

  private static Optional<ThreadId> thread(Rebuild rebuild) {
    return rebuild.request().scope() instanceof Scope.OneThread(var thread)
        ? Optional.of(thread)
        : Optional.empty();
  }

  /// A projection that this release tells stays: a node of another one was asked.
  private Rebuild retired(long epoch, Rebuild rebuild, String projection) {
    if (projections.named(projection).isPresent()) {
      return rebuild.in(Phase.CANCELED, rebuild.progress());
    }
    int removed = store.retire(epoch, projection, SWEPT_AT_ONCE);
    boolean goesOn = removed > 0 || store.generations().containsKey(projection);
    return rebuild.in(goesOn ? Phase.SWEEPING : Phase.DONE, rebuild.progress().swept(removed));
  }

  /// What somebody has changed in a sink is of the present generation, and does not show here.
  private void deliverAgain(long epoch, List<String> sinks, String entityId) {
    sinks.forEach(
        sink -> projections.ids().forEach(id -> book.reset(epoch, sink, id.name(), entityId)));
  }

  /// How far a run's log goes, as far as it matters here: whether beyond its documents.
  private Reach reach(RunId runId) {
    long through = store.through(List.of(runId)).getOrDefault(runId, 0L);
    boolean more = !scan.read(List.of(new From(runId, through)), 1, 1, 1).isEmpty();
    return new Reach(runId, more ? through + 1 : through);
  }

  private Rebuild many(long epoch, Rebuild rebuild, List<ProjectionId> ids) {
    Progress p = rebuild.progress();
    return switch (rebuild.phase()) {
      case REQUESTED ->
          proof(rebuild, "before", ids)
              .map(proof ->
                  rebuild.in(
                      rebuild.request().compareOnly() ? Phase.FOLDING : Phase.BEGINNING,
                      p.begun(generations().above(ids)).proven(proof)))
              .orElse(rebuild);
      case BEGINNING -> {
        if (generations().lack(p.targets())) {
          yield rebuild.in(Phase.REQUESTED, p);
        }
        projector.place(epoch);
        ids.forEach(id -> store.begin(epoch, id, p.targets().getOrDefault(id.name(), 1L)));
        yield rebuild.in(Phase.FOLDING, p);
      }
      case FOLDING -> fold(epoch, rebuild, ids);
      case SWEEPING -> sweep(epoch, rebuild, ids);
      case DONE, CANCELED -> rebuild;
    };
  }

  /// @return empty while there are documents left to look at
  private Optional<List<Proof>> proof(Rebuild rebuild, String moment, List<ProjectionId> ids) {
    if (proving == null || !proving.isOf(rebuild.number(), moment)) {
      proving = new Proving(rebuild.number(), moment, ids);
    }
    Optional<List<Proof>> proof = proving.step(store);
    if (proof.isPresent()) {
      proving = null;
    }
    return proof;
  }

  private Rebuild fold(long epoch, Rebuild rebuild, List<ProjectionId> projected) {
    List<Reach> page = some(scan.runs(rebuild.progress().cursor(), runs));
    List<RunId> ids = page.stream().map(Reach::runId).toList();
    boolean compare = rebuild.request().compareOnly();
    Progress before = strangers(epoch, rebuild, page);
    if (page.isEmpty()) {
      return compare ? looked(rebuild, projected, before) : rebuild.in(Phase.SWEEPING, before);
    }
    Progress p = compare ? differing(before, page) : before;
    long events = compare ? 0 : projector.rebuild(epoch, ids, false).events();
    return rebuild.in(Phase.FOLDING, p.folded(ids.size(), events, ids.getLast()));
  }

  /// Removes the rows of runs that have no logs, or counts them.
  private Progress strangers(long epoch, Rebuild rebuild, List<Reach> page) {
    List<String> evidence = new ArrayList<>();
    comparison.strangers(
        rebuild.progress().cursor(),
        page,
        run -> {
          if (rebuild.request().compareOnly()) {
            evidence.add(Comparison.stranger(run).evidence());
          } else {
            removeRows(epoch, run);
          }
        });
    return rebuild.progress().differing(evidence);
  }

  private void removeRows(long epoch, RunId run) {
    List<Stretch> all = List.of(new Stretch(run, 0, Long.MAX_VALUE));
    int removed;
    do {
      removed = store.removeRows(epoch, all, List.of(), SWEPT_AT_ONCE);
    } while (removed == SWEPT_AT_ONCE);
  }

  /// As many as have so many events together, and at least one: what is new waits for a step.
  private static List<Reach> some(List<Reach> page) {
    long events = 0;
    int runs = 0;
    while (runs < page.size() && (runs == 0 || events + page.get(runs).lastSeq() <= EVENTS)) {
      events += page.get(runs).lastSeq();
      runs++;
    }
    return page.subList(0, runs);
  }

  /// What the log has that the next look will tell is no difference.
  private Progress differing(Progress p, List<Reach> page) {
    return p.differing(
        comparison.of(page).stream()
            .filter(difference -> !difference.coming())
            .map(Difference::evidence)
            .toList());
  }

  private Rebuild sweep(long epoch, Rebuild rebuild, List<ProjectionId> ids) {
    int removed = 0;
    for (ProjectionId id : ids) {
      removed += store.sweep(epoch, id.name(), SWEPT_AT_ONCE);
    }
    Rebuild swept = rebuild.in(Phase.SWEEPING, rebuild.progress().swept(removed));
    Optional<List<Proof>> proof = removed > 0 ? Optional.empty() : proof(rebuild, "after", ids);
    return proof.map(all -> swept.in(Phase.DONE, swept.progress().proven(all))).orElse(swept);
  }

  /// Behind the last run, what is compared is looked through for what no log tells of. It stays in
  /// its phase meanwhile: a node of a release before, which looks through nothing, ends it.
  ///
  /// @param before what was found up to there
  private Rebuild looked(Rebuild rebuild, List<ProjectionId> ids, Progress before) {
    if (looking == null || !looking.isOf(rebuild.number())) {
      looking = new StrayWalk(rebuild.number(), ids);
    }
    Optional<StrayWalk.Found> found = looking.step(store, strays);
    if (found.isPresent()) {
      looking = null;
    }
    return found
        .map(all -> rebuild.in(Phase.DONE, before.differing(all.count(), all.evidence())))
        .orElse(rebuild);
  }

  private Generations generations() {
    return new Generations(store.generations());
  }
}
