package com.openagents.runtime.http.run;

import java.time.Duration;
import java.util.Optional;

/// Whether the node takes more work. Thread-safe, and quick.
@FunctionalInterface
public interface Admission {

  /// Takes everything.
  Admission OPEN = Optional::empty;

  /// How long a caller that wants to start a run should wait before it asks again, or empty when
  /// the run may start now. Frames of runs that were accepted are always taken.
  Optional<Duration> pauseBeforeStart();
}
