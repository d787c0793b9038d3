package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import java.time.Instant;

/// The roll-up of a thread's past into summaries.
public sealed interface MemoryEvent extends Event.Known {

  /// @param level 1 to 3: ten minutes, an hour, a day
  /// @param sources how many events or chunks the summary covers
  record MemoryCompacted(
      String chunkId, int level, Instant from, Instant until, int sources, Digest summary)
      implements MemoryEvent {
    @Override
    public EventType is() {
      return EventType.MEMORY_COMPACTED;
    }
  }
}
