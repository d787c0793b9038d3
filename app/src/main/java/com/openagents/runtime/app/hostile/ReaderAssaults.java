package com.openagents.runtime.app.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Readers who ask for a lot and take none of it.
final class ReaderAssaults {

  private static final String[] FORMATS = {"events", "ai-sdk", "ag-ui"};
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ReaderAssaults() {}

  /// A stream of a long run that is opened and never read.
  static void stalled(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    wire.request(quarry.get(stream(quarry, random)));
    wire.stall();
  }

  /// A stream that is left as soon as it begins, in order or not.
  static void abandoned(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    wire.request(quarry.get(stream(quarry, random)));
    if (random.nextInt(4) > 0) {
      var _ = wire.hear(PATIENCE);
    }
    if (random.nextBoolean()) {
      wire.reset();
    }
  }

  /// The largest pages of events that there are, which nobody takes.
  static void pages(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    wire.request(quarry.get(Quarry.path(quarry.busy()) + "/events?limit=1000"));
    wire.stall();
  }

  private static String stream(Quarry quarry, RandomGenerator random) {
    return Quarry.path(quarry.busy()) + "/stream?format=" + FORMATS[random.nextInt(FORMATS.length)];
  }
}
