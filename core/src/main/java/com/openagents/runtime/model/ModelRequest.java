package com.openagents.runtime.model;

import com.openagents.runtime.identity.TraceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is asked.
///
/// @param signature names the behaviour that is asked for, so that a provider may be chosen by it
/// @param callId stable across recoveries, so that a provider that can deduplicate does
/// @param turns the conversation, oldest first
public record ModelRequest(
    String callId, String signature, List<Turn> turns, @Nullable TraceId traceId) {

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
