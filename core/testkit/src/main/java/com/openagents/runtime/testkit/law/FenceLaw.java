package com.openagents.runtime.testkit.law;

import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One executor at a time, told from the writes alone, without asking the store about its leases.
///
/// One use: it goes through the writes of one run.
final class FenceLaw {

  /// G3
  static final Law ONE_EXECUTOR =
      new Law(
          "epochs rise, and who lost the lease writes nothing", run -> new FenceLaw().breach(run));

  private long epoch;
  private @Nullable Instant heldUntil;

  private Optional<String> breach(RunEvidence run) {
    for (WitnessedWrite write : run.writes()) {
      Optional<String> breach = breach(write.append(), write.outcome());
      if (breach.isPresent()) {
        return breach;
      }
    }
    return Optional.empty();
  }

  private Optional<String> breach(Append append, Appended.Written outcome) {
    Long claimed = append.precondition().executorEpoch();
    if (claimed != null && !holds(claimed, outcome.at())) {
      return Optional.of(
          "epoch %d wrote at %s, while %s".formatted(claimed, outcome.at(), standing()));
    }
    return switch (append.lease()) {
      case LeaseChange.Keep() -> Optional.empty();
      case LeaseChange.Acquire(_, var ttl) -> raise(outcome, outcome.at().plus(ttl));
      case LeaseChange.Break(), LeaseChange.Visit() -> raise(outcome, null);
      case LeaseChange.Extend(var ttl) -> {
        heldUntil = outcome.at().plus(ttl);
        yield Optional.empty();
      }
      case LeaseChange.Release(), LeaseChange.End() -> {
        heldUntil = null;
        yield Optional.empty();
      }
    };
  }

  private Optional<String> raise(Appended.Written outcome, @Nullable Instant until) {
    if (heldUntil != null && !heldUntil.isBefore(outcome.at())) {
      return Optional.of("the lease was taken at %s, while %s".formatted(outcome.at(), standing()));
    }
    if (outcome.epoch() <= epoch) {
      return Optional.of("epoch " + outcome.epoch() + " follows epoch " + epoch);
    }
    epoch = outcome.epoch();
    heldUntil = until;
    return Optional.empty();
  }

  private boolean holds(long claimed, Instant at) {
    return claimed == epoch && heldUntil != null && !heldUntil.isBefore(at);
  }

  private String standing() {
    return heldUntil == null
        ? "nobody held the lease after epoch " + epoch
        : "epoch " + epoch + " held the lease until " + heldUntil;
  }
}
