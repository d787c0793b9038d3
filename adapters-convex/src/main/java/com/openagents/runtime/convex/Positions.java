package com.openagents.runtime.convex;

import com.openagents.runtime.projection.SinkRefusing;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// Where the streams of a deployment stand, as far as the writer was told. Thread-safe.
final class Positions {

  private final Map<String, Long> present = new ConcurrentHashMap<>();
  private final Map<String, Long> last = new ConcurrentHashMap<>();

  /// Begins with what the deployment says, whatever it said before.
  void begin(String stream, long position) {
    last.put(stream, position);
    present.put(stream, position);
  }

  /// @throws SinkRefusing when the stream stood further before
  void heard(String stream, long position) {
    long before = last(stream);
    if (position < before) {
      present.remove(stream);
      throw new SinkRefusing(
          "emptied",
          "the stream %s stands at %d after %d: somebody has emptied the deployment, or put an"
                  .formatted(stream, position, before)
              + " older export in its place");
    }
    begin(stream, position);
  }

  /// What was sent may have been written, or not.
  void doubt(String stream) {
    present.remove(stream);
  }

  /// Empty while it is in doubt.
  OptionalLong present(String stream) {
    Long position = present.get(stream);
    return position == null ? OptionalLong.empty() : OptionalLong.of(position);
  }

  /// The furthest that was heard of.
  long last(String stream) {
    return last.getOrDefault(stream, 0L);
  }
}
