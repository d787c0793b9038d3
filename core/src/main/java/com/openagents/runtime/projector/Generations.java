package com.openagents.runtime.projector;

import static java.util.stream.Collectors.toMap;

import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import java.util.List;
import java.util.Map;

/// The generations in which documents are written now.
record Generations(Map<String, Generation> byName) {

  Generations {
    byName = Map.copyOf(byName);
  }

  /// @throws StoreUnavailable when the projection is not begun, or not any more: somebody has
  ///   dropped what was kept
  long of(String projection) {
    Generation generation = byName.get(projection);
    if (generation == null) {
      throw new StoreUnavailable(
          "the projection " + projection + " is not begun", new IllegalStateException());
    }
    return generation.number();
  }

  /// Whether a document is of the present generation and version, so that it can be gone on from.
  boolean current(KeptDocument kept) {
    Generation now = byName.get(kept.document().projection().name());
    return now != null
        && kept.generation() == now.number()
        && kept.document().projection().version() == now.version();
  }

  /// Those that documents told again get: the next ones, or the first.
  Map<String, Long> above(List<ProjectionId> ids) {
    return ids.stream()
        .collect(
            toMap(
                ProjectionId::name,
                id -> byName.containsKey(id.name()) ? byName.get(id.name()).number() + 1 : 1));
  }

  /// Whether what was there when these were chosen is not there any more.
  boolean lack(Map<String, Long> above) {
    return above.entrySet().stream()
        .anyMatch(next -> next.getValue() > 1 && !byName.containsKey(next.getKey()));
  }
}
