package com.openagents.runtime.execution;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.SavedFolds;
import com.openagents.runtime.run.RunState;

/// Saves the fold of a run from time to time. For one thread.
final class Saving {

  /// A checkpoint is worth its write once reading without it would take long.
  private static final long EVENTS_BETWEEN = 200;

  private final Checkpoints checkpoints;
  private final RunId runId;
  private long savedThrough;

  Saving(Checkpoints checkpoints, RunId runId) {
    this.checkpoints = checkpoints;
    this.runId = runId;
  }

  /// Tells up to where a checkpoint that was found reaches.
  void found(long through) {
    savedThrough = through;
  }

  boolean isDue(RunState fold) {
    return fold.lastSeq() - savedThrough >= EVENTS_BETWEEN;
  }

  /// A fold that could not be saved is not tried again before the next is due.
  void save(RunState fold) {
    savedThrough = fold.lastSeq();
    SavedFolds.save(checkpoints, runId, fold);
  }
}
