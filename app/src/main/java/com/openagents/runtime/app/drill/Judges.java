package com.openagents.runtime.app.drill;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// Judges the runs of a drill, several at a time. A run that cannot be judged is a breach, and so
/// is one that was passed over.
final class Judges {

  private static final int AT_A_TIME = 6;

  private final Function<Dealings, RunEvidence> inspection;
  private final Findings findings;

  /// @param inspection thread-safe
  Judges(Function<Dealings, RunEvidence> inspection, Findings findings) {
    this.inspection = inspection;
    this.findings = findings;
  }

  /// Returns when all of them are judged.
  void judge(List<Dealings> runs) {
    int before = findings.runs();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      runs.forEach(run -> threads.execute(() -> judge(run)));
    }
    int judged = findings.runs() - before;
    if (judged != runs.size()) {
      findings.add(
          new Breach(
              Law.SEEN_THROUGH, "judges", "%d of %d runs judged".formatted(judged, runs.size())));
    }
  }

  private void judge(Dealings run) {
    try {
      findings.judge(inspection.apply(run));
    } catch (RuntimeException | Error e) {
      findings.add(Breach.cutShort(run.runId().toString(), "it cannot be judged", e));
    }
  }
}
