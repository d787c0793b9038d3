package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.MemoryEvent.MemoryCompacted;

/// The payloads of [MemoryEvent].
final class MemoryEventJson {

  private MemoryEventJson() {}

  static void write(MemoryEvent event, Json.Builder out) {
    switch (event) {
      case MemoryCompacted(var chunkId, var level, var from, var until, var sources, var summary) ->
          out.put("chunkId", chunkId)
              .put("level", level)
              .put("from", from)
              .put("until", until)
              .put("sources", sources)
              .put("summary", summary.toString());
    }
  }

  static MemoryCompacted compacted(Fields fields) {
    return new MemoryCompacted(
        fields.text("chunkId"),
        fields.count("level"),
        fields.time("from"),
        fields.time("until"),
        fields.count("sources"),
        fields.digest("summary"));
  }
}
