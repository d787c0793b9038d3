package com.openagents.runtime.app.bench;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// When numbered events came to the readers of one node; each reader waits for one at a time.
/// Thread-safe.
final class Deliveries {

  private static final int NOTHING = -1;

  private final AtomicIntegerArray awaited;
  private final AtomicLongArray arrivals;

  Deliveries(int readers, int events) {
    awaited = new AtomicIntegerArray(readers);
    arrivals = new AtomicLongArray(events);
    for (int reader = 0; reader < readers; reader++) {
      awaited.set(reader, NOTHING);
    }
  }

  /// From now on, what comes to the reader is that event.
  void expect(int reader, int event) {
    awaited.set(reader, event);
  }

  void came(int reader, long nanos) {
    int event = awaited.getAndSet(reader, NOTHING);
    if (event != NOTHING) {
      arrivals.set(event, nanos);
    }
  }

  /// Whether everything that the reader waited for has come.
  boolean complete(int reader) {
    return awaited.get(reader) == NOTHING;
  }

  /// From the given moments, one for each event, to their arrivals.
  Latencies since(long[] moments) {
    return Latencies.between(
        moments, IntStream.range(0, moments.length).mapToLong(arrivals::get).toArray());
  }
}
