package com.openagents.runtime.app.cli;

import com.openagents.runtime.identity.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Waits until no node is alive any more: one that ended in order is gone at once, one that was
/// killed a minute after it was seen last.
///
/// @param alive the nodes that are alive now
/// @param tell gets a line when there is something to wait for, and one when it was in vain
record Silence(Supplier<List<NodeId>> alive, Consumer<String> tell) {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /// @return whether it came
  boolean comesWithin(Duration limit) {
    List<NodeId> seen = alive.get();
    if (!seen.isEmpty()) {
      tell.accept(
          "seen within the last minute: %s; waiting up to %d seconds for them to end"
              .formatted(names(seen), limit.toSeconds()));
    }
    long begun = System.nanoTime();
    while (!seen.isEmpty() && System.nanoTime() - begun < limit.toNanos()) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      seen = alive.get();
    }
    if (!seen.isEmpty()) {
      tell.accept("still seen: %s; stop them, or say --while-nodes-run".formatted(names(seen)));
    }
    return seen.isEmpty();
  }

  private static String names(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::value).collect(Collectors.joining(", "));
  }
}
