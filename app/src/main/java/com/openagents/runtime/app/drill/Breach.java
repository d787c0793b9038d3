package com.openagents.runtime.app.drill;

import java.util.stream.Stream;

/// A law that did not hold.
///
/// @param where the run, node or call
/// @param what what was seen instead
record Breach(Law law, String where, String what) {

  /// Somebody could not go on.
  ///
  /// @param what what was not brought to its end
  static Breach cutShort(String where, String what, Throwable cause) {
    String at =
        Stream.of(cause.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("com.openagents."))
            .findFirst()
            .map(frame -> " at " + frame)
            .orElse("");
    return new Breach(Law.SEEN_THROUGH, where, what + ": " + cause + at);
  }

  @Override
  public String toString() {
    return "%s: %s: %s".formatted(law, where, what);
  }
}
