package com.openagents.runtime.intake;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import org.jspecify.annotations.Nullable;

/// A request to start a run.
///
/// @param content digest of the whole request, which makes it idempotent
/// @param firstFrame what the run begins with, or null to wait for a frame
public record StartRun(
    RunId runId,
    RunSpec spec,
    Digest content,
    @Nullable NewFrame firstFrame,
    @Nullable TraceId traceId) {}
