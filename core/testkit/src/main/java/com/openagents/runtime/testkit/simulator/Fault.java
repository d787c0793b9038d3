package com.openagents.runtime.testkit.simulator;

/// What may happen to a node at a call of a port.
public enum Fault {
  NONE,
  /// The process dies before the call has any effect.
  CRASH_BEFORE,
  /// The process dies after the effect and before it learns of it.
  CRASH_AFTER,
  /// The call has no effect, and its caller is told that nobody answers.
  UNAVAILABLE,
  /// The call has its effect, and its caller is told that nobody answers.
  ANSWER_LOST,
  /// The caller is told that nobody answers; the call has its effect some time later.
  LANDS_LATER,
  /// The process stands still for longer than a lease lasts, then makes the call.
  FREEZE_BEFORE,
  /// The call has its effect, then the process stands still for longer than a lease lasts.
  FREEZE_AFTER,
  /// The process is asked to end in good order, and another one starts beside it.
  DRAIN,
  /// The store's clock is put forward by an hour, for good.
  CLOCK_AHEAD,
  /// The store's clock is put back by an hour, and right again some seconds later.
  CLOCK_BACK,
  /// The model's provider breaks off its answer.
  PROVIDER_FAILS
}
