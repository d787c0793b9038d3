package com.openagents.runtime.seal;

import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import java.util.List;

/// What the verification of a bundle found.
public sealed interface Report {

  /// Nothing that the seal covers was changed, added or left out.
  ///
  /// @param throughSeq the last sequence that the seal covers
  /// @param publicKey the key that sealed it
  /// @param trusted whether that is one of the keys that the verifier trusts; a bundle that
  ///   somebody made up is intact, but not trusted
  /// @param late records after the seal: chained, so not changed by accident, but not signed
  record Intact(
      RunId runId,
      long throughSeq,
      Instant sealedAt,
      String publicKey,
      boolean trusted,
      List<Late> late)
      implements Report {
    public Intact {
      late = List.copyOf(late);
    }
  }

  /// A record after the end of the run, such as the result of a tool that came too late.
  record Late(long seq, String type) {}

  /// The first place that is not as it was sealed.
  ///
  /// @param seq the event's sequence; 0 for header and seal
  record Broken(Place place, long seq, String reason) implements Report {}

  /// The kind of line that is broken.
  enum Place {
    HEADER,
    SEAL,
    EVENT
  }
}
