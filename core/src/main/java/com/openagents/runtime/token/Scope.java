package com.openagents.runtime.token;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a token lets its holder read of what its subject owns. The order is the one in which scopes
/// stand in tokens.
public enum Scope {
  RUN_SUMMARIES,
  THREAD_SUMMARIES,
  TIMELINE_SLICES,
  CODEX_WORKER_SUMMARIES,
  CODEX_WORKER_EVENTS,
  NOTIFICATIONS;

  private static final String PREFIX = "runtime.";

  /// The form on the wire, as a regular expression.
  public static final String FORM =
      "runtime\\.(?:run_summaries|thread_summaries|timeline_slices|codex_worker_summaries"
          + "|codex_worker_events|notifications)";

  /// The form on the wire: `runtime.run_summaries`.
  public String wireName() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  /// Reads what [#wireName] writes.
  ///
  /// @throws IllegalArgumentException when the text is no scope
  public static Scope of(String wireName) {
    for (Scope scope : values()) {
      if (scope.wireName().equals(wireName)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("no such scope");
  }

  /// Reads several, each once.
  ///
  /// @throws IllegalArgumentException when a text is no scope
  public static Set<Scope> all(Collection<String> wireNames) {
    return wireNames.stream()
        .map(Scope::of)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
  }
}
