package com.openagents.runtime.projector;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.ChangeFeed.Changes;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.RunProjections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings documents up to the log.
///
/// Any number of events of a run between two passes make one write of each of its documents. A pass
/// that stops half-way is made again by whoever comes next; a run whose log cannot be read is
/// parked and stops nobody.
///
/// Everything throws [com.openagents.runtime.projection.WriterFenced] once another node writes, and
/// [com.openagents.runtime.log.StoreUnavailable]. What was asked then may still happen, after the
/// next look at what is kept; so whoever calls raises the epoch before, by
/// [com.openagents.runtime.projection.WriterLeases#raise]. Not thread-safe: one caller at a time.
public final class Projector {

  private static final int RETRIED_AT_ONCE = 1_000;

  private final LogScan scan;
  private final ChangeFeed feed;
  private final ProjectionStore store;
  private final RunProjections projections;
  private final Bounds bounds;
  private @Nullable Position looked;

  /// How much is held in memory at a time.
  ///
  /// @param runs in one batch
  /// @param perRun events of one run in a page
  /// @param events in a page
  /// @param characters of payloads in a page
  /// @param changes events in one look at what is new
  public record Bounds(int runs, int perRun, int events, long characters, int changes) {
    public static final Bounds DEFAULT = new Bounds(256, 512, 2_048, 4 << 20, 20_000);
  }

  public Projector(
      LogScan scan,
      ChangeFeed feed,
      ProjectionStore store,
      RunProjections projections,
      Bounds bounds) {
    this.scan = scan;
    this.feed = feed;
    this.store = store;
    this.projections = projections;
    this.bounds = bounds;
  }

  /// Which projections it tells.
  public RunProjections projections() {
    return projections;
  }

  /// Takes in what became visible since the last pass of any node: all of it, or after a long gap
  /// the oldest of it.
  ///
  /// The first pass over a store notes where it begins and takes in nothing: what is there already
  /// is the business of a rebuild, and so is everything until that has begun.
  public Passed follow(long epoch) {
    Optional<Position> kept = store.position();
    if (kept.isEmpty()) {
      place(epoch);
      return Passed.NOTHING;
    }
    if (!begun()) {
      return Passed.NOTHING;
    }
    Changes changes = feed.since(looked == null ? kept.get() : looked, bounds.changes());
    if (changes.changes().isEmpty()) {
      looked = changes.next();
      return Passed.NOTHING;
    }
    looked = null;
    Passed passed = project(epoch, changes.changes().stream().map(Change::runId).toList(), false);
    moveTo(epoch, changes.next());
    looked = changes.next();
    return passed;
  }

  /// Notes where the changes begin that a pass takes in, where that is not known: before a rebuild
  /// looks at the first log, so that what comes meanwhile is in one of the two.
  void place(long epoch) {
    if (store.position().isEmpty()) {
      moveTo(epoch, feed.now());
    }
  }

  /// Tries the runs again that are parked, which the position has passed: this process may know
  /// what the one before did not, and a log may have been mended.
  public Passed retry(long epoch) {
    Passed passed = Passed.NOTHING;
    Set<RunId> tried = new HashSet<>();
    List<RunId> next = begun() ? untried(tried) : List.of();
    while (!next.isEmpty()) {
      passed = passed.and(project(epoch, next, false));
      tried.addAll(next);
      next = untried(tried);
    }
    return passed;
  }

  /// Those that stay parked keep their place, before those that were not tried.
  private List<RunId> untried(Set<RunId> tried) {
    return store.parked(tried.size() + RETRIED_AT_ONCE).stream()
        .map(ParkedRun::runId)
        .filter(run -> !tried.contains(run))
        .toList();
  }

  private boolean begun() {
    Set<String> begun = store.generations().keySet();
    return projections.ids().stream().allMatch(id -> begun.contains(id.name()));
  }

  private void moveTo(long epoch, Position position) {
    store.commit(epoch, new Commit(Map.of(), List.of(), List.of(), List.of(), position));
  }

  /// Brings the documents of runs, and of their threads, up to the log.
  ///
  /// @param anew whether to fold the runs' logs from the start, whatever is kept of them
  public Passed project(long epoch, Collection<RunId> runs, boolean anew) {
    return project(epoch, runs, anew, false);
  }

  /// The same for a rebuild: of runs whose logs are folded from the start, rows that these do not
  /// tell go.
  Passed rebuild(long epoch, Collection<RunId> runs, boolean anew) {
    return project(epoch, runs, anew, true);
  }

  private Passed project(long epoch, Collection<RunId> runs, boolean anew, boolean mends) {
    List<RunId> all = List.copyOf(runs);
    Passed passed = Passed.NOTHING;
    for (int from = 0; from < all.size(); from += bounds.runs()) {
      List<RunId> some = all.subList(from, Math.min(from + bounds.runs(), all.size()));
      Batch batch = batch(epoch);
      if (mends) {
        batch.mend();
      }
      batch.add(some, anew);
      Set<ThreadId> lacking = batch.run();
      passed = passed.and(batch.passed());
      for (ThreadId thread : lacking) {
        passed = passed.and(thread(epoch, thread));
      }
      passed = passed.and(goOn(epoch, batch.goOn()));
    }
    return passed;
  }

  private Passed goOn(long epoch, List<RunId> runs) {
    if (runs.isEmpty()) {
      return Passed.NOTHING;
    }
    Batch batch = batch(epoch);
    batch.add(runs, false);
    batch.run();
    return batch.passed();
  }

  /// Tells a thread anew from the logs of all its runs.
  public Passed thread(long epoch, ThreadId thread) {
    List<RunId> runs =
        new ArrayList<>(scan.runsOf(List.of(thread)).getOrDefault(thread, List.of()));
    Batch batch = batch(epoch);
    batch.begin(thread);
    batch.add(runs, true);
    batch.run();
    return batch.passed();
  }

  private Batch batch(long epoch) {
    return new Batch(scan, store, projections, new Generations(store.generations()), epoch, bounds);
  }
}
