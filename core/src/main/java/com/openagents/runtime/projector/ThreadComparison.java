package com.openagents.runtime.projector;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ThreadSummary;
import com.openagents.runtime.projector.Difference.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Compares the summaries of threads with what the logs of their runs say. Writes nothing;
/// thread-safe; may throw [com.openagents.runtime.log.StoreUnavailable].
///
/// A summary that begins with nothing is committed behind the documents of its runs, when all of
/// them are told. So an older one, or none, may be on its way, as long as the position has not
/// passed what its runs have come to.
final class ThreadComparison {

  private final Recount recount;
  private final ProjectionStore store;
  private final Supplier<Set<RunId>> coming;

  /// @param coming looks for the runs that the next passes over the log take in
  ThreadComparison(Recount recount, ProjectionStore store, Supplier<Set<RunId>> coming) {
    this.recount = recount;
    this.store = store;
    this.coming = coming;
  }

  List<Difference> of(Collection<ThreadId> threads) {
    List<Difference> found = new ArrayList<>();
    Map<ThreadId, List<Difference>> behind = new LinkedHashMap<>();
    for (ThreadId thread : threads) {
      List<Difference> differences = of(thread);
      if (differences.stream().anyMatch(ThreadComparison::mayCome)) {
        behind.put(thread, differences);
      } else {
        found.addAll(differences);
      }
    }
    if (!behind.isEmpty()) {
      Set<RunId> next = coming.get();
      behind.forEach((thread, differences) -> found.addAll(settled(thread, differences, next)));
    }
    return found;
  }

  /// What was told between the looks is left out.
  private List<Difference> settled(ThreadId thread, List<Difference> seen, Set<RunId> next) {
    if (!of(thread).equals(seen)) {
      return List.of();
    }
    boolean comes = recount.runsOf(thread).stream().anyMatch(next::contains);
    return seen.stream()
        .map(one -> comes && mayCome(one) ? one.as(Kind.LAG) : one.forGood())
        .toList();
  }

  private static boolean mayCome(Difference difference) {
    return difference.kind() == Kind.LAG || difference.kind() == Kind.MISSING;
  }

  private List<Difference> of(ThreadId thread) {
    Map<RunId, Long> through = store.through(recount.runsOf(thread));
    List<KeptDocument> kept = store.about(Entity.THREAD, List.of(thread.value()));
    boolean moved = !store.through(recount.runsOf(thread)).equals(through);
    try {
      Optional<Document> told = moved ? Optional.empty() : recount.thread(thread, through);
      return told.map(must -> KeptDifferences.of(thread.value(), List.of(must), kept))
          .orElse(List.of());
    } catch (UnreadableRun unreadable) {
      return KeptDifferences.unreadable(
          ThreadSummary.ID.name(), thread.value(), "what was told before", unreadable);
    }
  }
}
