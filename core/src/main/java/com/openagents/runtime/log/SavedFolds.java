package com.openagents.runtime.log;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Checkpoints.Checkpoint;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunStateJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps folds as checkpoints; one that cannot be read counts as none.
public final class SavedFolds {

  private static final Logger LOG = LoggerFactory.getLogger(SavedFolds.class);

  private SavedFolds() {}

  /// The newest readable checkpoint of a run, or the fold of nothing.
  ///
  /// @throws StoreUnavailable when the store does not answer
  public static RunState latest(Checkpoints checkpoints, RunId runId) {
    return checkpoints.latest(runId).map(saved -> read(runId, saved)).orElse(RunState.ABSENT);
  }

  private static RunState read(RunId runId, Checkpoint saved) {
    if (saved.format() != RunStateJson.FORMAT
        || !Digest.ofText(saved.state()).equals(saved.digest())) {
      LOG.warn("the checkpoint of {} is of another format or damaged; folding the log", runId);
      return RunState.ABSENT;
    }
    try {
      return RunStateJson.read(JsonReader.readObject(saved.state(), JsonLimits.STORED));
    } catch (RuntimeException e) {
      LOG.warn("the checkpoint of {} cannot be read; folding the log", runId, e);
      return RunState.ABSENT;
    }
  }

  /// Saves a fold, unless it is larger than what [#latest] reads: then the last one that was saved
  /// stays.
  ///
  /// @throws StoreUnavailable when the store does not answer
  public static void save(Checkpoints checkpoints, RunId runId, RunState state) {
    save(checkpoints, runId, state, JsonLimits.STORED);
  }

  static void save(Checkpoints checkpoints, RunId runId, RunState state, JsonLimits limits) {
    Json.Obj fold = RunStateJson.write(state);
    String text = CanonicalJson.write(fold);
    if (!limits.allow(fold, text)) {
      LOG.info("the fold of {} is too large for a checkpoint", runId);
      return;
    }
    checkpoints.save(
        runId, new Checkpoint(state.lastSeq(), RunStateJson.FORMAT, Digest.ofText(text), text));
  }
}
