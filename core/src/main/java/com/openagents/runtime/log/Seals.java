package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps the seals of ended runs. Thread-safe; may throw [StoreUnavailable].
public interface Seals {

  /// Keeps the first seal of each run; a later one changes nothing. A run whose row somebody holds
  /// may be passed by, and is unsealed still.
  ///
  /// @param seals at most 1,000; all others of them are kept, or none
  void save(Map<RunId, Seal> seals);

  /// Keeps the seal of one run, if it is the first. Waits for whoever holds the run's row, and
  /// passes nothing by.
  ///
  /// @throws StoreUnavailable when that takes too long
  default void save(RunId runId, Seal seal) {
    save(Map.of(runId, seal));
  }

  Optional<Seal> find(RunId runId);

  /// What aged out of the run's log, by sequence.
  List<AgedRange> aged(RunId runId);

  /// The public keys of all seals and of what aged out: those of every node that ever signed here.
  Set<String> keys();

  /// @param throughSeq the terminal sequence; the seal covers 1 to here
  /// @param head the last hash of the chain
  /// @param keyId names the public key
  /// @param signature as `docs/seal.md` gives it: Ed25519 over this seal or over several together
  record Seal(
      long throughSeq, long count, Digest head, String keyId, String signature, Instant at) {}
}
