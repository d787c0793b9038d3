package com.openagents.runtime.codec;

import static com.openagents.runtime.codec.Scalars.needed;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.MemoryEvent;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.MemoryCompacted;

/// The messages of [MemoryEvent].
final class MemoryEventProto {

  private MemoryEventProto() {}

  static void write(MemoryEvent event, Envelope.Builder out) {
    switch (event) {
      case MemoryEvent.MemoryCompacted compacted ->
          out.getMemoryCompactedBuilder()
              .setChunkId(compacted.chunkId())
              .setLevel(Scalars.count(compacted.level()))
              .setFrom(Scalars.timestamp(compacted.from()))
              .setUntil(Scalars.timestamp(compacted.until()))
              .setSources(Scalars.count(compacted.sources()))
              .setSummary(compacted.summary().toString());
    }
  }

  static MemoryEvent read(MemoryCompacted in) {
    return new MemoryEvent.MemoryCompacted(
        in.getChunkId(),
        Scalars.count(in.getLevel()),
        Scalars.time(needed(in.hasFrom(), "from", in.getFrom())),
        Scalars.time(needed(in.hasUntil(), "until", in.getUntil())),
        Scalars.count(in.getSources()),
        Digest.parse(in.getSummary()));
  }
}
