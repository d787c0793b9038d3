package com.openagents.runtime.agent;

import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.time.Instant;

/// One thing that an agent decided to do.
public sealed interface Intent {

  /// Says a text as it stands.
  record Say(String text) implements Intent {}

  /// Shows a thought to readers; it does not enter later context.
  record Think(String text) implements Intent {}

  /// Asks a model; the answer streams to readers as a message.
  ///
  /// @param signature names the behaviour that is asked for
  /// @param input what the signature takes
  record Predict(String signature, Json.Obj input) implements Intent {}

  /// @param settlement `none`, `safe_retry` or `dedupe_reconcile_required`
  record CallTool(String name, Json.Obj arguments, String settlement) implements Intent {}

  record RequestApproval(String subject, Json.Obj shown, Duration expiresAfter) implements Intent {}

  record Spawn(String agent, Json.Obj firstMessage) implements Intent {}

  record SleepUntil(Instant time) implements Intent {}

  /// Ends the turn once all that was decided before it is done; frames that came meanwhile begin
  /// the next one, and in a session run so does the next frame.
  record AwaitFrames() implements Intent {}

  record Compact() implements Intent {}

  record Finish() implements Intent {}

  record Fail(String message) implements Intent {}

  /// Whether nothing may be decided behind it.
  default boolean endsTurn() {
    return this instanceof AwaitFrames || this instanceof Finish || this instanceof Fail;
  }
}
