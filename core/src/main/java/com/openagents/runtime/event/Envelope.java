package com.openagents.runtime.event;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event in its place in the log.
///
/// @param seq position in the run's log, from 1 without gap
/// @param occurredAt the store's clock, in microseconds
/// @param epoch the writer's epoch when the writer was the run's executor, else null
public record Envelope(
    RunId runId,
    long seq,
    Event event,
    Instant occurredAt,
    @Nullable TraceId traceId,
    @Nullable Long epoch) {}
