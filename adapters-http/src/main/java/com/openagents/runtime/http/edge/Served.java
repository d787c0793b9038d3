package com.openagents.runtime.http.edge;

import java.time.Duration;

/// Hears of every call that was answered. Thread-safe, and quick.
@FunctionalInterface
public interface Served {

  /// Hears nothing.
  Served UNHEARD = (_, _, _) -> {};

  /// @param route method and path template, such as `GET /internal/v1/runs/{runId}`; `none` where
  ///   there is no such call
  /// @param took until the answer was written, or until a stream had begun
  void served(String route, int status, Duration took);

  /// Hears that a call was refused because a limit was reached, before [#served] tells of it.
  ///
  /// @param limit its name
  default void refused(String route, String limit) {}
}
