package com.openagents.runtime.projection;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a document is written over what is there. Pure and total.
///
/// Laws: what was written last is never followed by something older; the same document twice is
/// written once; the order of what arrives does not matter for what is there in the end.
public final class CheckpointRules {

  /// What to do, and whether what is there should not have been there.
  public enum Verdict {
    /// Nothing was there.
    FIRST(true, false),
    /// Newer, by rebuild or by sequence.
    NEWER(true, false),
    /// The same in every respect.
    SAME(false, false),
    /// What is there is of a later rebuild, or further on in its entity's history.
    CHECKPOINT_AHEAD(false, true),
    /// The same place in history, told by another version of the projection.
    PROJECTION_VERSION_CHANGED(true, true),
    /// What is there was told by a later version of the projection.
    PROJECTION_VERSION_BEHIND(false, true),
    /// The same place and version, and yet another text.
    SUMMARY_HASH_MISMATCH(true, true);

    private final boolean writes;
    private final boolean drift;

    Verdict(boolean writes, boolean drift) {
      this.writes = writes;
      this.drift = drift;
    }

    /// As metrics and reports have it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the document is written.
    public boolean writes() {
      return writes;
    }

    /// Whether what is there should not have been there.
    public boolean drift() {
      return drift;
    }
  }

  private CheckpointRules() {}

  /// Compares generation of the rebuild, then sequence, then version, then hash.
  ///
  /// @param there what is there, or null
  public static Verdict decide(@Nullable Checkpoint there, Checkpoint incoming) {
    if (there == null) {
      return Verdict.FIRST;
    }
    if (there.generation() != incoming.generation()) {
      return incoming.generation() > there.generation() ? Verdict.NEWER : Verdict.CHECKPOINT_AHEAD;
    }
    if (there.seq() != incoming.seq()) {
      return incoming.seq() > there.seq() ? Verdict.NEWER : Verdict.CHECKPOINT_AHEAD;
    }
    if (there.version() != incoming.version()) {
      return incoming.version() > there.version()
          ? Verdict.PROJECTION_VERSION_CHANGED
          : Verdict.PROJECTION_VERSION_BEHIND;
    }
    return there.hash().equals(incoming.hash()) ? Verdict.SAME : Verdict.SUMMARY_HASH_MISMATCH;
  }
}
