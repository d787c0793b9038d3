package com.openagents.runtime.execution;

import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.ClaimCheck;
import java.time.Instant;

/// Writes for one execution, and learns the store's time and its own lease's from the answers. One
/// caller at a time; [#lastExtended] may be called from any thread.
final class Writing {

  private final ExecutionPorts ports;
  private final ClaimCheck claims;
  private final StoreTime time;
  private volatile Instant lastExtended = Instant.MIN;

  Writing(ExecutionPorts ports, ClaimCheck claims, StoreTime time) {
    this.ports = ports;
    this.claims = claims;
    this.time = time;
  }

  /// @throws com.openagents.runtime.log.StoreUnavailable when it is not known whether it happened
  Appended write(Append append) {
    Instant asked = ports.clock().instant();
    Appended outcome = ports.log().append(claims.deposit(append));
    if (outcome instanceof Appended.Written written) {
      time.heard(asked, written.at());
      lastExtended = append.lease() instanceof LeaseChange.Extend ? asked : lastExtended;
    }
    return outcome;
  }

  /// When a write last extended the lease, on the node's clock and no later than the store did; the
  /// far past before the first.
  Instant lastExtended() {
    return lastExtended;
  }
}
