package com.openagents.runtime.projection;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an audit found when it was made.
public record PastAudit(Sample sample, Found found, Instant at) {

  /// What was looked at.
  public enum Sample {
    /// Everything, at once.
    ALL,
    /// Everything, in pages.
    WALK,
    /// The newest runs.
    NEWEST
  }

  /// @param compared how many were compared, by place
  /// @param differences how many, by place and the word for their kind; there are no zeros
  /// @param whole whether all that was looked at so far could be read, and nothing was passed over
  /// @param next where a walk that has not ended goes on, or null
  public record Found(
      Map<String, Long> compared,
      Map<String, Map<String, Long>> differences,
      boolean whole,
      @Nullable String next) {

    public Found {
      compared = sorted(compared);
      Map<String, Map<String, Long>> kinds = new TreeMap<>();
      differences.forEach((place, counts) -> kinds.put(place, sorted(counts)));
      differences = Collections.unmodifiableMap(kinds);
    }

    private static Map<String, Long> sorted(Map<String, Long> counts) {
      return Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /// Whether all that was to be looked at was.
    public boolean complete() {
      return whole && next == null;
    }

    /// With what the next page of the same walk found.
    public Found and(Found page) {
      Map<String, Long> all = new TreeMap<>(compared);
      page.compared.forEach((place, count) -> all.merge(place, count, Long::sum));
      Map<String, Map<String, Long>> kinds = new TreeMap<>(differences);
      page.differences.forEach((place, counts) -> {
        Map<String, Long> sum = new TreeMap<>(kinds.getOrDefault(place, Map.of()));
        counts.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        kinds.put(place, sum);
      });
      return new Found(all, kinds, whole && page.whole, page.next);
    }

    /// As the end of a walk of whose beginning nothing is known.
    public Found withoutBeginning() {
      return new Found(compared, differences, false, next);
    }
  }
}
