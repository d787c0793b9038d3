package com.openagents.runtime.projector;

import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.RunProjections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which projections lack runs because the rebuild that should have told them was canceled.
///
/// A rebuild that someone asked for beside documents that were whole may be canceled: they stay
/// whole. One that the runtime needed itself, or that began with no documents, leaves runs that
/// nobody would ever tell, for changes are followed from its beginning on.
final class Untold {

  /// Who asks for what the runtime needs.
  static final String RUNTIME = "runtime";

  private Untold() {}

  /// @param recent rebuilds, newest first
  static Set<String> of(List<Rebuild> recent, RunProjections projections) {
    Set<String> decided = new HashSet<>();
    Set<String> untold = new HashSet<>();
    for (Rebuild rebuild : recent) {
      boolean began = !rebuild.request().compareOnly() && !rebuild.progress().targets().isEmpty();
      for (String name : began ? named(rebuild.request().scope(), projections) : Set.<String>of()) {
        boolean canceled = rebuild.phase() == Phase.CANCELED;
        if (rebuild.phase() == Phase.DONE || (canceled && needed(rebuild, name))) {
          boolean first = decided.add(name);
          if (first && canceled) {
            untold.add(name);
          }
        }
      }
    }
    return untold;
  }

  private static Set<String> named(Scope scope, RunProjections projections) {
    return switch (scope) {
      case Scope.All() -> Set.copyOf(projections.names());
      case Scope.Projection(var name) -> Set.of(name);
      case Scope.OneRun _, Scope.OneThread _, Scope.Retired _ -> Set.of();
    };
  }

  private static boolean needed(Rebuild rebuild, String projection) {
    return rebuild.request().requestedBy().equals(RUNTIME)
        || rebuild.progress().proof().stream()
            .anyMatch(
                proof -> proof.projection().equals(projection) && proof.digest().count() == 0);
  }
}
