package com.openagents.runtime.projector;

import com.openagents.runtime.projector.Difference.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an audit found.
///
/// @param compared documents that were compared, by where they are; and the runs whose rows were
/// @param found differences by where and by kind; kinds of which there are none are left out
/// @param lagP95 events by which documents in sinks were behind those beside the log: 95 of 100
///   were behind by no more
/// @param evidence the first differences, each in a line; those that are merely on their way last
/// @param unread sinks that could not be read, or not to their ends, and why
/// @param next where to walk on from, or null when there is no more
public record AuditReport(
    Map<String, Long> compared,
    Map<String, Map<Kind, Long>> found,
    long lagP95,
    List<String> evidence,
    Map<String, String> unread,
    @Nullable AuditCursor next) {

  private static final int EVIDENCE_MAX = 50;

  public AuditReport {
    compared = Collections.unmodifiableMap(new TreeMap<>(compared));
    found = Collections.unmodifiableMap(new TreeMap<>(found));
    evidence = List.copyOf(evidence);
    unread = Collections.unmodifiableMap(new TreeMap<>(unread));
  }

  /// Whether everything could be read and nothing differed, but for what is on its way.
  public boolean clean() {
    return unread.isEmpty() && faults() == 0;
  }

  /// How much says something else than it must; what is on its way does not count.
  public long faults() {
    return faults(found.keySet().stream());
  }

  private long faults(Stream<String> places) {
    return places
        .flatMap(place -> found.getOrDefault(place, Map.of()).entrySet().stream())
        .filter(kind -> kind.getKey() != Kind.LAG)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// How many documents are faults, as a share of those that were compared, 0 to 1. Rows are none;
  /// of documents that nothing tells of there may be more than were compared.
  public double mismatchRate() {
    long all = documents(compared).mapToLong(place -> compared.getOrDefault(place, 0L)).sum();
    long faults = faults(documents(found));
    return faults == 0 ? 0 : Math.min(1, (double) faults / Math.max(1, all));
  }

  private static Stream<String> documents(Map<String, ?> places) {
    return places.keySet().stream().filter(place -> !place.equals(Comparison.ROWS));
  }

  /// Collects what is found. Not thread-safe.
  static final class Builder {
    private final Map<String, Long> compared = new TreeMap<>();
    private final Map<String, Map<Kind, Long>> found = new TreeMap<>();
    private final List<Long> lags = new ArrayList<>();
    private final List<String> faulty = new ArrayList<>();
    private final List<String> coming = new ArrayList<>();
    private final Map<String, String> unread = new TreeMap<>();

    void compared(String where, long documents) {
      compared.merge(where, documents, Long::sum);
    }

    void lag(long events) {
      lags.add(events);
    }

    void found(List<Difference> differences) {
      differences.forEach(this::found);
    }

    void found(Difference difference) {
      found
          .computeIfAbsent(difference.where(), _ -> new EnumMap<>(Kind.class))
          .merge(difference.kind(), 1L, Long::sum);
      List<String> evidence = difference.kind() == Kind.LAG ? coming : faulty;
      if (evidence.size() < EVIDENCE_MAX) {
        evidence.add(difference.evidence());
      }
    }

    void unread(String sink, @Nullable String why) {
      unread.put(sink, String.valueOf(why));
    }

    /// Whether a sink could be read so far.
    boolean readable(String sink) {
      return !unread.containsKey(sink);
    }

    AuditReport done(@Nullable AuditCursor next) {
      Collections.sort(lags);
      List<String> evidence =
          Stream.concat(faulty.stream(), coming.stream()).limit(EVIDENCE_MAX).toList();
      int last = Math.max(0, (int) Math.ceil(lags.size() * 0.95) - 1);
      long lagP95 = lags.isEmpty() ? 0 : lags.get(last);
      return new AuditReport(compared, found, lagP95, evidence, unread, next);
    }
  }
}
