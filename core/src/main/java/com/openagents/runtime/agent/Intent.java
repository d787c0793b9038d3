package com.openagents.runtime.agent;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.run.OpenTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

/// One thing that an agent decided to do.
///
/// The intents of a decision are carried out one after another. What came of each is read in the
/// next decision of the same turn, by its place: [OpenTurn.Step#result]. An intent says which text
/// its result has; where it says nothing there is none to read.
public sealed interface Intent {

  /// Says a text as it stands. Its result is the text.
  record Say(String text) implements Intent {}

  /// Shows a thought to readers; it does not enter later context.
  record Think(String text) implements Intent {}

  /// Asks a model; the answer streams to readers as a message. Its result is the whole answer.
  ///
  /// The model reads the conversation, and the input with its instructions: so an input speaks with
  /// the agent's authority, and what others said belongs into it only as what it is. It may be
  /// asked again for what it answered, as after a crash. An answer that breaks off is asked for
  /// again up to three times; a model that fails then, or before its first word, fails the run with
  /// `model_unavailable`, and the agent is not asked about it.
  ///
  /// @param signature names the behaviour that is asked for; a service may choose the model by it
  /// @param input what the signature takes; where it is empty, the model is told nothing of it
  record Predict(String signature, Json.Obj input) implements Intent {}

  /// Calls a tool. Not carried out yet: the run fails with `agent_error`.
  record CallTool(String name, Json.Obj arguments, Settlement settlement) implements Intent {}

  /// Whether a call of a tool settles something, such as a payment, and what that allows when
  /// nobody knows whether it went through.
  enum Settlement {
    /// It settles nothing.
    NONE,
    /// It may be made again.
    SAFE_RETRY,
    /// It is not made again before its provider was asked, by the key of the call, what became of
    /// it.
    DEDUPE_RECONCILE_REQUIRED;

    /// The form in the log: `safe_retry`.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// What a log says; a word that is not known is taken for the strictest.
    static Settlement named(String wireName) {
      return Stream.of(values())
          .filter(settlement -> settlement.wireName().equals(wireName))
          .findFirst()
          .orElse(DEDUPE_RECONCILE_REQUIRED);
    }
  }

  /// Asks people whether to go on, and waits for the answer before anything that was decided behind
  /// it. Its result is [OpenTurn.Result#APPROVED] or [OpenTurn.Result#DENIED]; a request that
  /// nobody answers in time is denied, and the agent cannot tell the one from the other.
  ///
  /// @param shown what is to be approved, exactly
  /// @param expiresAfter taken as ten thousand years where it is longer
  record RequestApproval(String subject, Json.Obj shown, Duration expiresAfter) implements Intent {
    private static final Duration LONGEST = Duration.ofDays(3_652_425);

    /// @throws IllegalArgumentException when it expired before it is made
    public RequestApproval {
      if (expiresAfter.isNegative()) {
        throw new IllegalArgumentException("an approval cannot expire after " + expiresAfter);
      }
      expiresAfter = expiresAfter.compareTo(LONGEST) > 0 ? LONGEST : expiresAfter;
    }
  }

  /// Starts a run of another agent. Not carried out yet: the run fails with `agent_error`.
  record Spawn(String agent, Json.Obj firstMessage) implements Intent {}

  /// Waits until a time, before anything that was decided behind it; one that is over is no wait.
  ///
  /// No message ends a sleep: it waits for its own turn, which comes when this one has ended. Only
  /// in a run that was started with `whileBusy: interrupt` it cuts the turn short, and the agent is
  /// not asked about this turn again. To wait for a message or a time, whichever comes first, there
  /// is nothing yet but the idle timeout of a session.
  ///
  /// @param time taken as the last of the year 9999 where it is later
  record SleepUntil(Instant time) implements Intent {
    public SleepUntil {
      time = Timestamps.within(time);
    }
  }

  /// Ends the turn once all that was decided before it is done; frames that came meanwhile begin
  /// the next one. Where there are none, a run of one turn completes, and a session waits for them.
  record AwaitFrames() implements Intent {}

  /// Shortens what is remembered. Not carried out yet: the run fails with `agent_error`.
  record Compact() implements Intent {}

  /// Completes the run once all that was decided before it is done. Frames that were accepted and
  /// wait for their turn are never answered; [AwaitFrames] answers them first.
  record Finish() implements Intent {}

  /// Fails the run with `agent_error`.
  record Fail(String message) implements Intent {}

  /// Whether nothing may be decided behind it.
  default boolean endsTurn() {
    return this instanceof AwaitFrames || this instanceof Finish || this instanceof Fail;
  }
}
