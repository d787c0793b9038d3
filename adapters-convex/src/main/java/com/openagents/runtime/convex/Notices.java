package com.openagents.runtime.convex;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Tells operators of what a deployment says, each text once. Thread-safe.
final class Notices {

  /// A deployment may say something else each time.
  private static final int TOLD_MAX = 100;

  private final Consumer<String> log;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Notices(Consumer<String> log) {
    this.log = log;
  }

  /// @param more what is told along, and makes the text no other one
  void tell(String text, String more) {
    if (told.size() < TOLD_MAX && told.add(text)) {
      log.accept(text + more);
    }
  }

  /// All that was told is over: it is told again when it comes again.
  void forget() {
    told.clear();
  }
}
