package com.openagents.runtime.engine;

import java.util.Optional;
import java.util.function.Supplier;

/// Lets somebody who must not be kept waiting ask for something that may take long.
public interface Timebox {

  /// Waits as long as it takes, on the thread that asks.
  Timebox UNBOUNDED =
      new Timebox() {
        @Override
        public <T> Optional<T> within(Supplier<Optional<T>> work) {
          return work.get();
        }
      };

  /// @return what the work answers, or empty when it is not done in time; it is then finished, and
  ///   what it answers dropped
  <T> Optional<T> within(Supplier<Optional<T>> work);
}
