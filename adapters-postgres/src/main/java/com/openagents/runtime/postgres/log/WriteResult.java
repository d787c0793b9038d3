package com.openagents.runtime.postgres.log;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.StoreUnavailable;

/// What became of one write of a batch.
sealed interface WriteResult {

  record Answered(Appended outcome) implements WriteResult {}

  record Impossible(UnstorableWrite why) implements WriteResult {}

  /// Another transaction held the run for longer than a write may wait.
  record Held(RunId runId) implements WriteResult {}

  /// @throws UnstorableWrite when the write was impossible
  /// @throws StoreUnavailable when the run was held
  default Appended outcome() {
    return switch (this) {
      case Answered(Appended outcome) -> outcome;
      case Impossible(UnstorableWrite why) -> throw why;
      case Held(RunId runId) ->
          throw new StoreUnavailable(
              "nothing was written to " + runId.value(),
              new IllegalStateException("another session of the database holds the run"));
    };
  }
}
