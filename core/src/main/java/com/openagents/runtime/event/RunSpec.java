package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client asked for when it started a run; never changes afterwards.
///
/// @param session what the caller proved about the person behind the run
/// @param deadline when the run must have ended, or null for the node's default
/// @param idleTimeoutMs how long a session run may wait for frames, in milliseconds, or null
public record RunSpec(
    ThreadId threadId,
    Principal owner,
    AgentRef agent,
    Lifecycle lifecycle,
    WhileBusy whileBusy,
    Session session,
    ToolPolicy toolPolicy,
    Json.@Nullable Obj budget,
    @Nullable Instant deadline,
    @Nullable Long idleTimeoutMs,
    Json.@Nullable Obj metadata) {

  /// The program that decides for the run.
  ///
  /// @param name the registered name
  /// @param version the version under which the run began
  public record AgentRef(String name, int version) {}

  /// Whether the run ends with its turn or waits for further frames.
  public enum Lifecycle {
    TURN,
    SESSION
  }

  /// What a user message does while a turn is in progress.
  public enum WhileBusy {
    ENQUEUE,
    REJECT,
    INTERRUPT
  }

  public record Session(@Nullable String autopilotId, boolean authenticated) {}

  /// Names of tools; an empty `allow` permits all, `deny` wins.
  public record ToolPolicy(List<String> allow, List<String> deny, boolean guestMode) {
    public static final ToolPolicy OPEN = new ToolPolicy(List.of(), List.of(), false);

    public ToolPolicy {
      allow = List.copyOf(allow);
      deny = List.copyOf(deny);
    }
  }
}
