package com.openagents.runtime.lease;

/// The answer of [LeaseRules#decide].
public sealed interface LeaseVerdict {

  /// The lease after the change.
  record Granted(Lease after) implements LeaseVerdict {}

  record Refused(Refusal why) implements LeaseVerdict {}

  enum Refusal {
    /// Somebody holds the lease and it has not expired.
    HELD,
    /// There is no lease to extend, release or break.
    NOT_HELD
  }
}
