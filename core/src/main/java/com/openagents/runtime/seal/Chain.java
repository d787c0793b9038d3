package com.openagents.runtime.seal;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import java.nio.charset.StandardCharsets;

/// The hash chain over a run's stored events: each hash covers the one before it and the event.
///
/// What is hashed is the event as it was written, in the version in which it was written: reading
/// an old event through an upcaster never changes its hash. `docs/seal.md` gives the exact bytes.
///
/// @param head the hash of the last event
/// @param count how many events it covers, which is the last one's sequence
public record Chain(RunId runId, Digest head, long count) {

  private static final String DOMAIN = "openagents-runtime/chain/1\n";

  /// The chain before the first event.
  public static Chain begin(RunId runId) {
    return new Chain(runId, Digest.ofText(DOMAIN + runId), 0);
  }

  /// The chain with the next event.
  ///
  /// @throws IllegalArgumentException when the event is not the next one of this run
  public Chain next(StoredEvent event) {
    if (!event.runId().equals(runId) || event.seq() != count + 1) {
      throw new IllegalArgumentException("the chain goes on with sequence " + (count + 1));
    }
    return with(CanonicalJson.write(envelope(event)));
  }

  /// The chain behind events that aged out.
  ///
  /// @throws IllegalArgumentException when the range does not begin with the next event
  Chain through(AgedRange range) {
    if (range.from() != count + 1) {
      throw new IllegalArgumentException("the chain goes on with sequence " + (count + 1));
    }
    return new Chain(runId, range.head(), range.through());
  }

  /// @param envelope the canonical form of the next event
  Chain with(String envelope) {
    byte[] event = envelope.getBytes(StandardCharsets.UTF_8);
    byte[] before = head.bytes();
    byte[] both = new byte[before.length + event.length];
    System.arraycopy(before, 0, both, 0, before.length);
    System.arraycopy(event, 0, both, before.length, event.length);
    return new Chain(runId, Digest.of(both), count + 1);
  }

  /// The event as it is stored.
  static Json.Obj envelope(StoredEvent event) {
    return Json.object()
        .put("runId", event.runId().toString())
        .put("seq", event.seq())
        .put("type", event.type())
        .put("version", event.version())
        .put("payload", JsonReader.read(event.payload(), JsonLimits.STORED))
        .put("occurredAt", event.occurredAt())
        .put("traceId", event.traceId() == null ? null : event.traceId().value())
        .put("epoch", event.epoch())
        .build();
  }
}
