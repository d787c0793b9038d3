package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import java.util.Optional;

/// Saved folds, so that reading a long log may begin near its end. A cache: dropping all of them
/// changes nothing but time. Thread-safe; may throw [StoreUnavailable].
public interface Checkpoints {

  /// Keeps the newest; an older `throughSeq` than the stored one changes nothing.
  void save(RunId runId, Checkpoint checkpoint);

  Optional<Checkpoint> latest(RunId runId);

  /// @param throughSeq the last sequence that the fold includes
  /// @param format version of the fold's form; another one is ignored by the reader
  /// @param digest of `state`; a mismatch makes the reader ignore it
  /// @param state canonical JSON
  record Checkpoint(long throughSeq, int format, Digest digest, String state) {}
}
