package com.openagents.runtime.log;

import com.openagents.runtime.identity.Principal;
import org.jspecify.annotations.Nullable;

/// What must hold of a run for a write to happen; a conjunction of what is named.
///
/// @param fresh the run does not exist yet; its first event is `run.created`
/// @param executorEpoch the lease is held under this epoch and has not expired on the store's
///   clock, or null
/// @param atSeq the log ends at this sequence, or null
/// @param open the run has not ended
/// @param owner the run belongs to this principal, or null
/// @param uncontended nobody else is changing the run at this moment; without it the write waits
public record Precondition(
    boolean fresh,
    @Nullable Long executorEpoch,
    @Nullable Long atSeq,
    boolean open,
    @Nullable Principal owner,
    boolean uncontended) {

  /// Anything goes, as for evidence of late results.
  public static final Precondition NONE = new Precondition(false, null, null, false, null, false);

  public static final Precondition FRESH = new Precondition(true, null, null, false, null, false);

  public static final Precondition OPEN = new Precondition(false, null, null, true, null, false);

  public static Precondition executor(long epoch) {
    return new Precondition(false, epoch, null, true, null, false);
  }

  public Precondition atSeq(long seq) {
    return new Precondition(fresh, executorEpoch, seq, open, owner, uncontended);
  }

  public Precondition ownedBy(Principal principal) {
    return new Precondition(fresh, executorEpoch, atSeq, open, principal, uncontended);
  }

  /// Makes the write wait for nobody: of many runs, one that is held for long holds up no other.
  public Precondition whenUncontended() {
    return new Precondition(fresh, executorEpoch, atSeq, open, owner, true);
  }
}
