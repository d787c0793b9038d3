package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Keeps the seals of ended runs. Thread-safe; may throw [StoreUnavailable].
public interface Seals {

  /// Keeps the first seal of a run; a later one changes nothing.
  void save(RunId runId, Seal seal);

  Optional<Seal> find(RunId runId);

  /// The public keys of all seals: those of every node that ever sealed a log here.
  Set<String> keys();

  /// @param throughSeq the terminal sequence; the seal covers 1 to here
  /// @param head the last hash of the chain
  /// @param keyId names the public key
  /// @param signature Ed25519, base64url without padding
  record Seal(
      long throughSeq, long count, Digest head, String keyId, String signature, Instant at) {}
}
