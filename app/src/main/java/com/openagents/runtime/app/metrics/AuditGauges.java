package com.openagents.runtime.app.metrics;

import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Difference.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What the last audit of everything found: differences by where and by kind, none of them kept
/// from before. Thread-safe.
///
/// That nothing differs is said of nothing that was not read to its end.
final class AuditGauges {

  private final GaugeRows rows;

  AuditGauges(MeterRegistry registry) {
    rows =
        new GaugeRows(
            registry, "runtime.projection.differences", "What the last audit of everything found");
  }

  void show(AuditReport report) {
    Map<String, Map<String, Long>> found = new HashMap<>();
    report
        .found()
        .forEach((where, kinds) -> {
          Map<String, Long> counts = new HashMap<>();
          kinds.forEach((kind, count) -> counts.put(kind.word(), count));
          found.put(where, counts);
        });
    show(report.compared().keySet(), found, where -> !report.unread().containsKey(where));
  }

  void show(Found past) {
    show(past.compared().keySet(), past.differences(), _ -> past.whole());
  }

  private void show(
      Collection<String> places, Map<String, Map<String, Long>> found, Predicate<String> wholly) {
    Map<Tags, Double> shown = new HashMap<>();
    Set<String> all = new TreeSet<>(places);
    all.addAll(found.keySet());
    for (String where : all) {
      for (Kind kind : Kind.values()) {
        long count = found.getOrDefault(where, Map.of()).getOrDefault(kind.word(), 0L);
        if (count > 0 || wholly.test(where)) {
          shown.put(Tags.of("where", where, "kind", kind.word()), (double) count);
        }
      }
    }
    rows.show(shown);
  }

  /// Shows no audit any more.
  void none() {
    rows.show(Map.of());
  }
}
