package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.Appended;

/// What became of one write of a batch.
sealed interface WriteResult {

  record Answered(Appended outcome) implements WriteResult {}

  record Impossible(UnstorableWrite why) implements WriteResult {}

  /// @throws UnstorableWrite when the write was impossible
  default Appended outcome() {
    return switch (this) {
      case Answered(Appended outcome) -> outcome;
      case Impossible(UnstorableWrite why) -> throw why;
    };
  }
}
