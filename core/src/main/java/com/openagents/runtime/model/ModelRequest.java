package com.openagents.runtime.model;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.TraceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is asked.
///
/// @param signature names the behaviour that is asked for, so that a provider may be chosen by it
/// @param callId stable across recoveries, so that a provider that can deduplicate does; what is
///   asked for under one id is in the log before, so it never differs
/// @param input what the signature takes; `turns` have it too, for a model that knows nothing of
///   signatures
/// @param turns what a model is to read: the instructions, then the conversation, oldest first
public record ModelRequest(
    String callId, String signature, Json.Obj input, List<Turn> turns, @Nullable TraceId traceId) {

  public ModelRequest {
    turns = List.copyOf(turns);
  }

  public record Turn(Role role, String text) {}

  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }
}
