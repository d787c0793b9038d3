package com.openagents.runtime.intake;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import org.jspecify.annotations.Nullable;

/// A request to begin a run with a copy of the beginning of another.
///
/// @param runId of the new run, which makes the request idempotent
/// @param atSeq the last sequence that is wanted, 1 or more
public record ForkRun(RunId from, long atSeq, RunId runId, @Nullable TraceId traceId) {

  public ForkRun {
    if (atSeq < 1) {
      throw new IllegalArgumentException("sequences begin at 1");
    }
  }

  /// The digest of what must be equal for a repetition.
  Digest content() {
    return Digest.of(Json.object().put("forkOf", from.toString()).put("atSeq", atSeq).build());
  }
}
