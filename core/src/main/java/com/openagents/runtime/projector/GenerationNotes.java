package com.openagents.runtime.projector;

import com.openagents.runtime.projection.SinkRefusing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What is known on this node of the generations of documents and of those that sinks are in.
/// Thread-safe: [Deliveries] and [Settling] tell each other by it.
public final class GenerationNotes {

  /// Far above what rebuilds can reach; a sink that is beyond it is not what it seems to be.
  private static final long GENERATION_MAX = 1L << 52;

  private record Whole(long epoch, Map<String, Long> generations) {}

  private final Map<String, Long> beyond = new ConcurrentHashMap<>();
  private volatile Whole whole = new Whole(0, Map.of());

  /// Notes that documents must go beyond a generation: a sink is in it, or has documents of it that
  /// nobody here has told, as after documents were dropped or restored from a backup.
  public void beyond(String projection, long generation) {
    beyond.merge(projection, generation, Math::max);
  }

  /// The highest generation that documents must go beyond, or 0.
  public long beyond(String projection) {
    return beyond.getOrDefault(projection, 0L);
  }

  /// Notes that no document is of an older generation than these, and that no rebuild is under way.
  public void whole(long epoch, Map<String, Long> generations) {
    whole = new Whole(epoch, Map.copyOf(generations));
  }

  /// The generations of projections none of whose documents is of an older one; empty while that is
  /// not known in this epoch.
  public Map<String, Long> whole(long epoch) {
    Whole now = whole;
    return now.epoch() == epoch ? now.generations() : Map.of();
  }

  /// The generation that a sink says it is in.
  ///
  /// @throws SinkRefusing when nothing can go beyond it
  static long possible(long generation) {
    if (generation > GENERATION_MAX) {
      throw new SinkRefusing("generation", "it says that it is in generation " + generation);
    }
    return generation;
  }
}
