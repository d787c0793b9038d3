package com.openagents.runtime.app.drill;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Lets one fault of a plan come after the other, and one that could not be caused once more before
/// the next. For one thread.
final class FaultTrack implements Runnable {

  private static final int ATTEMPTS_MAX = 4;

  private final FaultPlan plan;
  private final Attempt attempt;
  private final BooleanSupplier over;
  private final Consumer<Breach> breaches;

  /// Tries to cause a fault, and returns when it is undone.
  @FunctionalInterface
  interface Attempt {
    /// @return whether it happened
    boolean happens(FaultPlan.Step step) throws InterruptedException;
  }

  /// @param over whether there were enough of them
  /// @param breaches is told when no more can come, though there were not enough
  FaultTrack(FaultPlan plan, Attempt attempt, BooleanSupplier over, Consumer<Breach> breaches) {
    this.plan = plan;
    this.attempt = attempt;
    this.over = over;
    this.breaches = breaches;
  }

  @Override
  public void run() {
    try {
      while (!over.getAsBoolean()) {
        cause(plan.next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      breaches.accept(Breach.cutShort("faults", "no more of them came", e));
    } catch (RuntimeException | Error e) {
      breaches.accept(Breach.cutShort("faults", "no more of them came", e));
    }
  }

  private void cause(FaultPlan.Step step) throws InterruptedException {
    for (int attempts = 0; attempts < ATTEMPTS_MAX && !over.getAsBoolean(); attempts++) {
      if (attempt.happens(step)) {
        return;
      }
    }
  }
}
