package com.openagents.runtime.projector;

import static java.util.stream.Collectors.toSet;

import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.RunProjections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a writer does before it writes, and whenever no rebuild is under way.
final class Preparing {

  /// Among which a canceled rebuild is looked for.
  private static final int RECENT = 20;

  private final ProjectionStore store;
  private final Rebuilds rebuilds;
  private final RunProjections projections;

  Preparing(ProjectionStore store, Rebuilds rebuilds, RunProjections projections) {
    this.store = store;
    this.rebuilds = rebuilds;
    this.projections = projections;
  }

  /// Asks for what a store lacks that has never been projected to, or was by other versions, or
  /// that does not know any more from where on to look for changes; also when it was asked for
  /// before and canceled. What is kept and not told here lapses: watermarks are of runs and not of
  /// projections, so who tells it again could not see what it missed.
  ///
  /// @return false when a newer runtime has projected here: this node must not write
  boolean step(long epoch) {
    Map<String, Generation> kept = store.generations();
    for (ProjectionId id : projections.ids()) {
      Generation generation = kept.get(id.name());
      if (generation != null && generation.version() > id.version()) {
        return false;
      }
    }
    Set<String> left =
        kept.entrySet().stream()
            .filter(one -> one.getValue().version() > 0)
            .map(Map.Entry::getKey)
            .filter(name -> projections.named(name).isEmpty())
            .collect(toSet());
    if (!left.isEmpty()) {
      store.lapse(epoch, left);
    }
    boolean placed = store.position().isPresent();
    Set<String> untold = Untold.of(rebuilds.recent(RECENT), projections);
    List<ProjectionId> lacking =
        projections.ids().stream()
            .filter(
                id -> !placed || !current(kept.get(id.name()), id) || untold.contains(id.name()))
            .toList();
    if (!lacking.isEmpty() && rebuilds.unfinished().isEmpty()) {
      Scope scope =
          lacking.size() == 1 ? new Scope.Projection(lacking.getFirst().name()) : new Scope.All();
      rebuilds.request(new Request(scope, false, Untold.RUNTIME));
    }
    return true;
  }

  private static boolean current(@Nullable Generation generation, ProjectionId id) {
    return generation != null && generation.version() == id.version();
  }
}
