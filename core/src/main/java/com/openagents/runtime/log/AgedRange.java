package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import java.time.Instant;

/// Pieces that aged out of a log, one behind the other, and what keeps the hash chain whole without
/// them.
///
/// @param from the first sequence that aged out
/// @param through the last one
/// @param head the hash of the chain at `through`
/// @param keyId names the public key that signed that the chain led from the event before to `head`
/// @param signature Ed25519, base64url without padding
/// @param at when that was signed
public record AgedRange(
    long from, long through, Digest head, String keyId, String signature, Instant at) {

  public AgedRange {
    if (from < 1 || through < from) {
      throw new IllegalArgumentException("a range goes from a sequence to one that is not lower");
    }
  }
}
