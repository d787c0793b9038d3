package com.openagents.runtime.projector;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.RunProjections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Sees that every document is of its projection's present generation, and that no sink is in a
/// higher one, while no rebuild does so.
///
/// A rebuild that was canceled leaves documents of an older generation, and documents that were
/// dropped or restored from a backup are in lower generations than sinks. Neither would ever be
/// delivered.
///
/// Throws what the store throws. Not thread-safe; takes turns with [Rebuilding].
public final class Settling {

  private static final int AT_ONCE = 500;

  private final LogScan scan;
  private final ProjectionStore store;
  private final Rebuilds rebuilds;
  private final Projector projector;
  private final RunProjections projections;
  private final GenerationNotes notes;

  public Settling(
      RebuildPorts ports, Projector projector, RunProjections projections, GenerationNotes notes) {
    this.scan = ports.scan();
    this.store = ports.store();
    this.rebuilds = ports.rebuilds();
    this.projector = projector;
    this.projections = projections;
    this.notes = notes;
  }

  /// Does the next step of it, if there is anything to do.
  ///
  /// @param rebuilding whether a rebuild is under way; it comes first
  public void step(long epoch, boolean rebuilding) {
    if (rebuilding) {
      notes.whole(epoch, Map.of());
      return;
    }
    Map<String, Long> before = notes.whole(epoch);
    Map<String, Generation> generations = store.generations();
    Map<String, Long> whole = new HashMap<>();
    for (ProjectionId id : projections.ids()) {
      Generation now = generations.get(id.name());
      if (now != null
          && now.version() > 0
          && settled(epoch, id.name(), now, before.getOrDefault(id.name(), 0L))) {
        whole.put(id.name(), now.number());
      }
    }
    notes.whole(epoch, whole);
  }

  private boolean settled(long epoch, String projection, Generation now, long before) {
    long beyond = notes.beyond(projection);
    if (beyond >= now.number()) {
      store.begin(epoch, new ProjectionId(projection, now.version()), beyond + 1);
      return false;
    }
    if (before == now.number()) {
      return true;
    }
    List<KeptDocument> outdated = store.outdated(projection, AT_ONCE);
    if (outdated.isEmpty()) {
      return true;
    }
    if (outdated.stream().allMatch(kept -> isOf(kept, now.version()))) {
      adopt(epoch, now.number(), outdated);
    } else {
      rebuilds.request(new Request(new Scope.Projection(projection), false, Untold.RUNTIME));
    }
    return false;
  }

  private static boolean isOf(KeptDocument kept, int version) {
    return kept.document().projection().version() == version;
  }

  /// A document of a run is written together with how far the run has come. The summary of a thread
  /// may be behind its runs, and then cannot be gone on from.
  private void adopt(long epoch, long generation, List<KeptDocument> outdated) {
    Set<ThreadId> behind = behind(outdated);
    List<Written> written =
        outdated.stream()
            .map(KeptDocument::document)
            .filter(document -> thread(document).filter(behind::contains).isEmpty())
            .map(document -> new Written(document, generation))
            .toList();
    store.commit(epoch, new Commit(Map.of(), written, List.of(), List.of(), null));
    behind.forEach(thread -> projector.thread(epoch, thread));
  }

  private Set<ThreadId> behind(List<KeptDocument> outdated) {
    Map<ThreadId, Long> told = new HashMap<>();
    for (KeptDocument kept : outdated) {
      thread(kept.document()).ifPresent(thread -> told.put(thread, kept.document().seq()));
    }
    if (told.isEmpty()) {
      return Set.of();
    }
    Map<ThreadId, List<RunId>> runs = scan.runsOf(told.keySet());
    Map<RunId, Long> through = store.through(runs.values().stream().flatMap(List::stream).toList());
    Set<ThreadId> behind = new HashSet<>();
    told.forEach((thread, seq) -> {
      long must =
          runs.getOrDefault(thread, List.of()).stream()
              .mapToLong(run -> through.getOrDefault(run, 0L))
              .sum();
      if (must != seq) {
        behind.add(thread);
      }
    });
    return behind;
  }

  private static Optional<ThreadId> thread(Document document) {
    return document.entity().kind().equals(Entity.THREAD)
        ? Optional.of(new ThreadId(document.entity().id()))
        : Optional.empty();
  }
}
