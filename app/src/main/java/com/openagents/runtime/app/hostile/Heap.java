package com.openagents.runtime.app.hostile;

import com.openagents.runtime.canon.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The heap of a service, as its own log of collections tells it. Thread-safe.
final class Heap {

  private static final Pattern COLLECTION = Pattern.compile("GC\\(\\d+\\) .* (\\d+)M->(\\d+)M\\(");

  private int collections;
  private long peakMiB;
  private long leftMiB;

  /// @param before what was left by the last collection before
  /// @param peak the most that was in use when a collection began
  /// @param after what the last collection left
  record Extremes(long before, long peak, long after, int collections) {
    Json.Obj json() {
      return Json.object()
          .put("beforeMiB", before)
          .put("peakMiB", peak)
          .put("afterMiB", after)
          .put("collections", collections)
          .build();
    }
  }

  /// Looks at a line that the service has printed.
  synchronized void read(String line) {
    Matcher found = COLLECTION.matcher(line);
    if (found.find()) {
      collections++;
      peakMiB = Math.max(peakMiB, Long.parseLong(found.group(1)));
      leftMiB = Long.parseLong(found.group(2));
    }
  }

  /// Forgets the peak.
  ///
  /// @return what the last collection left
  synchronized long begin() {
    collections = 0;
    peakMiB = leftMiB;
    return leftMiB;
  }

  /// @param before what [#begin()] returned
  synchronized Extremes since(long before) {
    return new Extremes(before, peakMiB, leftMiB, collections);
  }
}
