package com.openagents.runtime.http.stream;

import java.time.Duration;

/// How streams are held.
///
/// @param streamsMax open at once on the node
/// @param queuedBytesMax held for one reader that is slower than its run
/// @param heldBytesMax held for all readers together; beyond it, those are cut that have taken
///   nothing for longest
/// @param heartbeat the longest time without a byte
/// @param stalledMax how long a reader may take nothing while something waits for it; then it is
///   cut, and can come back with its cursor
public record StreamSettings(
    int streamsMax,
    int queuedBytesMax,
    long heldBytesMax,
    Duration heartbeat,
    Duration stalledMax) {

  public static final StreamSettings DEFAULT =
      new StreamSettings(
          15_000,
          256 << 10,
          Runtime.getRuntime().maxMemory() / 8,
          Duration.ofSeconds(15),
          Duration.ofSeconds(30));
}
