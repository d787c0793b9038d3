package com.openagents.runtime.event;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event as the log keeps it: in the version in which it was written, its payload unparsed.
///
/// @param payload canonical JSON of an object, when this runtime wrote it
public record StoredEvent(
    RunId runId,
    long seq,
    String type,
    int version,
    String payload,
    Instant occurredAt,
    @Nullable TraceId traceId,
    @Nullable Long epoch) {

  /// Whether it may age out of the log.
  public boolean ages() {
    return EventType.named(type).filter(is -> is.retention() == Retention.DELTA).isPresent();
  }
}
