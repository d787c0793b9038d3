package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.testkit.Race;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where racers meet two by two, so that a bug of two at once shows every time.
///
/// For races of an even number of racers who come here once each.
///
/// @param <T> what they bring
final class Meeting<T> {

  private final Exchanger<T> pairs = new Exchanger<>();

  /// Waits for another racer. Whoever is not on a thread of a [Race] goes on alone.
  ///
  /// @return what the other brought; alone, what was brought
  T other(T brought) {
    if (!Thread.currentThread().isVirtual()) {
      return brought;
    }
    try {
      return pairs.exchange(brought, 10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("a racer was left alone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at a meeting", e);
    }
  }
}
