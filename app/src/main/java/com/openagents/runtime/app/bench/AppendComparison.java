package com.openagents.runtime.app.bench;

import com.openagents.runtime.canon.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/// Alternates windows of the reference and of appends through the library.
final class AppendComparison {

  private final Optional<Pgbench> reference;

  AppendComparison(Optional<Pgbench> reference) {
    this.reference = reference;
  }

  /// Compares at one number of callers.
  ///
  /// @param caller what each caller does, by its number
  /// @param rounds how often the pair is measured
  /// @return the figures of a row of the report
  Json.Builder compare(int callers, IntFunction<Runnable> caller, int rounds, Duration time)
      throws IOException, InterruptedException {
    Load.run(callers, time.dividedBy(2), caller);
    List<Window> ours = new ArrayList<>();
    List<Pgbench.Rate> theirs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Optional<Pgbench.Rate> before = reference(callers, time);
      ours.add(Load.run(callers, time, caller));
      Optional<Pgbench.Rate> after = reference(callers, time);
      before.ifPresent(rate -> theirs.add(rate.mean(after.orElseThrow())));
    }
    Json.Builder row =
        Json.object()
            .put("callers", callers)
            .put("appendsPerSecond", median(ours, Window::perSecond))
            .put("p50Ms", median(ours, window -> window.latencies().millis(50)))
            .put("p99Ms", median(ours, window -> window.latencies().millis(99)));
    return theirs.isEmpty() ? row : withReference(row, ours, theirs);
  }

  private static <T> double median(List<T> rounds, ToDoubleFunction<T> value) {
    return Spread.of(rounds.stream().map(value::applyAsDouble).toList()).median();
  }

  private static Json.Builder withReference(
      Json.Builder row, List<Window> ours, List<Pgbench.Rate> theirs) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round).perSecond() / theirs.get(round).perSecond());
    }
    Spread ratio = Spread.of(ratios);
    return row.put("pgbenchPerSecond", median(theirs, Pgbench.Rate::perSecond))
        .put("pgbenchP99Ms", median(theirs, Pgbench.Rate::p99Millis))
        .put("ratio", ratio.median())
        .put("ratioRange", ratio.range());
  }

  private Optional<Pgbench.Rate> reference(int clients, Duration time)
      throws IOException, InterruptedException {
    return reference.isEmpty() ? Optional.empty() : Optional.of(reference.get().run(clients, time));
  }
}
