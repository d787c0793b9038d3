package com.openagents.runtime.projector;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// What deliveries of this process have met of drift since it began: counts, and the last of each
/// class in each sink. Thread-safe.
public final class DriftNotes {

  private final NodeId node;
  private final Instant since;
  private final Map<String, Met> met = new ConcurrentSkipListMap<>();

  /// @param since when the process began
  public DriftNotes(NodeId node, Instant since) {
    this.node = node;
    this.since = since;
  }

  public NodeId node() {
    return node;
  }

  public Instant since() {
    return since;
  }

  public void note(Drift drift, Instant at) {
    met.merge(
        drift.sink() + " " + drift.verdict().word(),
        new Met(1, drift, at),
        (before, now) -> new Met(before.count() + 1, now.last(), now.at()));
  }

  /// By sink and by class; nothing of what was not met.
  public List<Met> met() {
    return List.copyOf(met.values());
  }

  /// Drift of one class in one sink.
  ///
  /// @param at when the last one was met
  public record Met(long count, Drift last, Instant at) {

    public String sink() {
      return last.sink();
    }

    public Verdict verdict() {
      return last.verdict();
    }
  }
}
