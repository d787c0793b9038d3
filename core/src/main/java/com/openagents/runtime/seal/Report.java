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
  /// @param trusted whether that, and every key that signed what aged out, is one of the keys that
  ///   the verifier trusts; a bundle that somebody made up is intact, but not trusted
  /// @param late records after the seal: chained, so not changed by accident, but not signed
  /// @param aged pieces of text that aged out: signed for before, and no longer in the bundle
  record Intact(
      RunId runId,
      long throughSeq,
      Instant sealedAt,
      String publicKey,
      boolean trusted,
      List<Late> late,
      List<Aged> aged)
      implements Report {
    public Intact {
      late = List.copyOf(late);
      aged = List.copyOf(aged);
    }
  }

  /// A record after the end of the run, such as the result of a tool that came too late.
  record Late(long seq, String type) {}

  /// Sequences whose events aged out.
  record Aged(long from, long through) {}

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
