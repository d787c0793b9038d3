package com.openagents.runtime.http.run;

import java.time.Duration;
import java.util.Optional;

/// Whether the node takes more work. Thread-safe, and quick.
@FunctionalInterface
public interface Admission {

  /// Takes everything.
  Admission OPEN = Optional::empty;

  /// How long a caller that wants to start a run should wait before it asks again, or empty when
  /// the run may start now.
  Optional<Duration> pauseBeforeStart();

  /// How long a sender of frames should wait because too many wait on the node, or empty when they
  /// are taken.
  default Optional<Duration> pauseBeforeFrame() {
    return Optional.empty();
  }
}
