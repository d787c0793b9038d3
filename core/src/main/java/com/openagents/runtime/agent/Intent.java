package com.openagents.runtime.agent;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
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

  /// @param expiresAfter taken as ten thousand years where it is longer
  record RequestApproval(String subject, Json.Obj shown, Duration expiresAfter) implements Intent {
    private static final Duration LONGEST = Duration.ofDays(3_652_425);

    public RequestApproval {
      expiresAfter = expiresAfter.compareTo(LONGEST) > 0 ? LONGEST : expiresAfter;
    }
  }

  record Spawn(String agent, Json.Obj firstMessage) implements Intent {}

  /// @param time taken as the last of the year 9999 where it is later
  record SleepUntil(Instant time) implements Intent {
    public SleepUntil {
      time = Timestamps.within(time);
    }
  }

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
