package com.openagents.runtime.app.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// How long each of many operations took. Immutable.
public final class Latencies {

  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sorted;

  private Latencies(long[] sorted) {
    this.sorted = sorted;
  }

  static Latencies ofNanos(LongStream nanos) {
    return new Latencies(nanos.sorted().toArray());
  }

  public static Latencies ofNanos(Collection<Long> nanos) {
    return ofNanos(nanos.stream().mapToLong(Long::longValue));
  }

  /// @param ends one for each of `begins`
  static Latencies between(long[] begins, long[] ends) {
    return ofNanos(IntStream.range(0, begins.length).mapToLong(i -> ends[i] - begins[i]));
  }

  static Latencies together(Collection<Latencies> parts) {
    return ofNanos(parts.stream().flatMapToLong(part -> Arrays.stream(part.sorted)));
  }

  public int count() {
    return sorted.length;
  }

  /// The latency in milliseconds that so many percent of the operations did not exceed; 0 when
  /// there were none.
  public double millis(int percent) {
    return sorted.length == 0
        ? 0
        : sorted[(int) ((sorted.length - 1L) * percent / 100)] / NANOS_PER_MILLI;
  }
}
