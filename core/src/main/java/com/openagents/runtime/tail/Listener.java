package com.openagents.runtime.tail;

import com.openagents.runtime.stream.Published;

/// One reader of a run. Called by one thread at a time, each call after the one before.
public interface Listener {

  /// Takes the next event. Must not block: the run's other readers wait meanwhile.
  Reception next(Published event);

  /// Nothing follows for now: what was taken should be passed on, if it has not been. Must not
  /// block either.
  default void flush() {}

  /// The run cannot be read on; no call follows.
  void failed(RuntimeException cause);

  /// What a listener says of an event.
  enum Reception {
    TAKEN,
    /// Not taken, for there is no room; the same event comes again after [Subscription#ready()].
    FULL,
    /// Taken or not, no further event is wanted.
    DONE
  }
}
