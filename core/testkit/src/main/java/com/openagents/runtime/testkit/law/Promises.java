package com.openagents.runtime.testkit.law;

import com.openagents.runtime.identity.FrameId;
import java.util.Set;

/// What the senders of a run were told, and will hold it to.
///
/// @param taken frames that were acknowledged
/// @param refused frames of which it was said that the run does not take them
/// @param cancel how far somebody came who asked for the run's end
public record Promises(Set<FrameId> taken, Set<FrameId> refused, Cancel cancel) {

  /// A request to end a run.
  public enum Cancel {
    NEVER_ASKED,
    /// What came of it was not told, or there was nothing left to do.
    ASKED,
    ACKNOWLEDGED
  }

  public static final Promises NONE = new Promises(Set.of(), Set.of(), Cancel.NEVER_ASKED);

  public Promises {
    taken = Set.copyOf(taken);
    refused = Set.copyOf(refused);
  }
}
