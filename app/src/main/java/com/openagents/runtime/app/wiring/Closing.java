package com.openagents.runtime.app.wiring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Closes several things, each whether or not those before it could be closed.
final class Closing {

  private Closing() {}

  /// @throws RuntimeException the first that was thrown, the later ones suppressed in it
  static void inOrder(Runnable... steps) {
    @Nullable RuntimeException first = null;
    for (Runnable step : List.of(steps)) {
      try {
        step.run();
      } catch (RuntimeException e) {
        first = added(first, e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static RuntimeException added(@Nullable RuntimeException first, RuntimeException next) {
    if (first == null) {
      return next;
    }
    if (!first.equals(next)) {
      first.addSuppressed(next);
    }
    return first;
  }
}
