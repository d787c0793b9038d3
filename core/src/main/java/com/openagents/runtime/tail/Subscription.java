package com.openagents.runtime.tail;

/// A listener's place at a tail. Thread-safe.
public interface Subscription {

  /// There is room again after the listener was full.
  void ready();

  /// No further event is wanted; one that is on its way may still arrive.
  void cancel();
}
