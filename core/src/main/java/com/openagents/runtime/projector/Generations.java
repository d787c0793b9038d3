package com.openagents.runtime.projector;

import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
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
}
