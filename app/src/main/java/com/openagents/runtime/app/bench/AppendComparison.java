package com.openagents.runtime.app.bench;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Alternates windows of the reference and of frames appended through the library.
final class AppendComparison {

  private final HeldRuns runs;
  private final Optional<Pgbench> reference;

  AppendComparison(HeldRuns runs, Optional<Pgbench> reference) {
    this.runs = runs;
    this.reference = reference;
  }

  /// Compares at one number of callers.
  ///
  /// @param rounds how often the pair is measured
  /// @return a row of the report
  Json.Builder compare(int callers, int rounds, Duration time)
      throws IOException, InterruptedException {
    ours(callers, time.dividedBy(2));
    List<Window> windows = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double before = reference(callers, time);
      windows.add(ours(callers, time));
      references.add((before + reference(callers, time)) / 2);
    }
    return row(callers, windows, references);
  }

  private Window ours(int callers, Duration time) throws InterruptedException {
    return Load.run(callers, time, _ -> this::appendOne);
  }

  private void appendOne() {
    List<RunId> all = runs.all();
    runs.append(all.get(ThreadLocalRandom.current().nextInt(all.size())));
  }

  private Json.Builder row(int callers, List<Window> windows, List<Double> references) {
    Window median =
        windows.stream()
            .sorted(Comparator.comparingDouble(Window::perSecond))
            .toList()
            .get(windows.size() / 2);
    Json.Builder row =
        Json.object()
            .put("callers", callers)
            .put("framesPerSecond", median.perSecond())
            .put("p50Ms", median.latencies().millis(50))
            .put("p99Ms", median.latencies().millis(99));
    return reference.isEmpty() ? row : withReference(row, windows, references);
  }

  private static Json.Builder withReference(
      Json.Builder row, List<Window> windows, List<Double> references) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < windows.size(); round++) {
      ratios.add(windows.get(round).perSecond() / references.get(round));
    }
    Spread ratio = Spread.of(ratios);
    return row.put("pgbenchPerSecond", Spread.of(references).median())
        .put("ratio", ratio.median())
        .put("ratioRange", ratio.range());
  }

  private double reference(int clients, Duration time) throws IOException, InterruptedException {
    return reference.isEmpty() ? Double.NaN : reference.get().run(clients, time);
  }
}
