package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.simulator.Call.Kind;
import java.util.List;
import java.util.stream.Stream;

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
  /// The process reaches the store no more for about the time of a lease, and then again.
  CUT_OFF,
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
  /// The process does not hear of a write of its own.
  WAKE_LOST,
  /// The process hears twice of a write, or is told the same changes again at its next look.
  WAKE_TWICE,
  /// The process hears late of a write, or is told of changes at a later look.
  WAKE_LATE,
  /// The model's provider dies before it has made any of its answer, and its caller is told.
  PROVIDER_DOWN,
  /// The provider makes its whole answer and charges for it, and nobody hears any of it.
  PROVIDER_SILENT,
  /// The provider breaks off its answer.
  PROVIDER_FAILS;

  /// Whether it can happen at such a call.
  public boolean possibleAt(Kind kind) {
    return switch (this) {
      case NONE -> true;
      case UNAVAILABLE, ANSWER_LOST, LANDS_LATER, CUT_OFF ->
          kind == Kind.STORE || kind == Kind.LOOK;
      case WAKE_LOST -> kind == Kind.WAKE_UP;
      case WAKE_TWICE, WAKE_LATE -> kind == Kind.WAKE_UP || kind == Kind.LOOK;
      case PROVIDER_DOWN, PROVIDER_SILENT -> kind == Kind.ASK_MODEL;
      case PROVIDER_FAILS -> kind == Kind.HEAR_MODEL;
      case CRASH_BEFORE, CRASH_AFTER, FREEZE_BEFORE, FREEZE_AFTER, DRAIN, CLOCK_AHEAD, CLOCK_BACK ->
          kind != Kind.WAKE_UP;
    };
  }

  /// Every fault that can happen at such a call, but for none.
  static List<Fault> at(Kind kind) {
    return Stream.of(values()).filter(fault -> fault != NONE && fault.possibleAt(kind)).toList();
  }
}
