package com.openagents.runtime.app.metrics;

import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts the executions that did not come to their end, so that the run was begun again.
final class Restarts {

  private final Counter silent;
  private final Counter failed;

  Restarts(MeterRegistry registry) {
    silent = counter(registry, "silent");
    failed = counter(registry, "failed");
  }

  private static Counter counter(MeterRegistry registry, String reason) {
    return Counter.builder("runtime.restarts")
        .description(
            "Executions that ended too early: silent ones whose lease ran out, and failed ones that"
                + " crashed or took too long")
        .tag("reason", reason)
        .register(registry);
  }

  /// Who falls silent has its lease broken by another; who fails gives the lease back.
  void count(Append written) {
    if (written.events().stream().anyMatch(RunExecutorLost.class::isInstance)) {
      (written.lease() instanceof LeaseChange.Break ? silent : failed).increment();
    }
  }
}
