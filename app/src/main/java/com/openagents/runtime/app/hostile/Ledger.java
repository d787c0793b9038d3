package com.openagents.runtime.app.hostile;

import com.openagents.runtime.app.bench.Latencies;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// How the well-behaved were served for a while. What is asked of a run counts where the run began.
/// Thread-safe.
final class Ledger {

  private final Queue<Long> calls = new ConcurrentLinkedQueue<>();
  private final Queue<Long> streams = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> repeated = new ConcurrentHashMap<>();
  private final LongAdder runs = new LongAdder();

  /// A call has its right answer, after however many attempts.
  void answered(Duration took) {
    calls.add(took.toNanos());
  }

  /// A reader who was there all along has the end of its run.
  ///
  /// @param took since the last thing was said to the run
  void followed(Duration took) {
    streams.add(took.toNanos());
  }

  /// A call has to be made again.
  ///
  /// @param why a status, or `none` when there was no answer
  void repeated(String why) {
    repeated.computeIfAbsent(why, _ -> new LongAdder()).increment();
  }

  /// A run was dealt with from its start to its end.
  void dealt() {
    runs.increment();
  }

  long runs() {
    return runs.sum();
  }

  Latencies calls() {
    return Latencies.ofNanos(calls);
  }

  Latencies streams() {
    return Latencies.ofNanos(streams);
  }

  long repetitions() {
    return repeated.values().stream().mapToLong(LongAdder::sum).sum();
  }

  Json.Obj json() {
    Json.Builder again = Json.object();
    repeated.forEach((why, count) -> again.put(why, count.sum()));
    return Json.object()
        .put("runs", runs())
        .put("calls", json(calls()))
        .put("streams", json(streams()))
        .put("repeated", again.build())
        .build();
  }

  private static Json.Obj json(Latencies latencies) {
    return Json.object()
        .put("count", latencies.count())
        .put("p50Ms", rounded(latencies.millis(50)))
        .put("p99Ms", rounded(latencies.millis(99)))
        .put("maxMs", rounded(latencies.millis(100)))
        .build();
  }

  private static double rounded(double millis) {
    return Math.round(millis * 10) / 10.0;
  }
}
