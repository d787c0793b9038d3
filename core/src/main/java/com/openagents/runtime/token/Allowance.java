package com.openagents.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How many tokens each subject gets in a minute, which begins with its first. Of very many
/// subjects those that were heard of last are remembered. Thread-safe.
public final class Allowance {

  static final int SUBJECTS_MAX = 100_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final long perMinute;
  private final InstantSource clock;
  private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true);

  private record Window(Instant begun, long taken) {}

  public Allowance(long perMinute, InstantSource clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /// Takes one token.
  ///
  /// @return how long the subject has to wait instead, or empty
  synchronized Optional<Duration> take(String subject) {
    Instant now = clock.instant();
    Window window = windows.get(subject);
    if (window == null || !now.isBefore(window.begun().plus(WINDOW))) {
      window = new Window(now, 0);
    }
    if (window.taken() >= perMinute) {
      return Optional.of(Duration.between(now, window.begun().plus(WINDOW)));
    }
    windows.put(subject, new Window(window.begun(), window.taken() + 1));
    if (windows.size() > SUBJECTS_MAX) {
      windows.remove(windows.keySet().iterator().next());
    }
    return Optional.empty();
  }
}
