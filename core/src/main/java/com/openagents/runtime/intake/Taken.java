package com.openagents.runtime.intake;

import com.openagents.runtime.log.Appended;

/// What became of a request that changes a run.
public sealed interface Taken {

  /// Durable now.
  ///
  /// @param lastSeq the head of the log after it
  record Accepted(long lastSeq) implements Taken {}

  /// The same was taken before; nothing changed.
  record Repeated(long lastSeq) implements Taken {}

  record Refused(Why why) implements Taken {}

  /// What an outcome of the log means to the sender.
  ///
  /// @throws IllegalStateException when the write asked for what no request may ask
  static Taken of(Appended outcome) {
    return switch (outcome) {
      case Appended.Written written -> new Accepted(written.lastSeq());
      case Appended.Duplicate duplicate -> new Repeated(duplicate.lastSeq());
      case Appended.Refused(var why, _, _) ->
          switch (why) {
            case UNKNOWN_RUN, FOREIGN -> new Refused(Why.NOT_FOUND);
            case CONFLICT -> new Refused(Why.CONFLICT);
            case ENDED -> new Refused(Why.ENDED);
            case CONTENDED, FENCED, MOVED, HELD, NOT_HELD, MISSING, TOO_LARGE ->
                throw new IllegalStateException("no request asks for what was refused: " + why);
          };
    };
  }

  enum Why {
    /// No such run for this sender.
    NOT_FOUND,
    /// The id is used with other content.
    CONFLICT,
    /// The run has ended.
    ENDED,
    /// A turn is in progress and the run rejects messages meanwhile.
    BUSY,
    /// As many frames as may wait for the run do.
    FULL,
    /// No program of that name.
    UNKNOWN_AGENT,
    /// The run does not understand frames of that type.
    UNKNOWN_FRAME_TYPE,
    /// The sender may not send frames of that type.
    FORBIDDEN,
    /// A frame that came before it in the same call was refused, so it was not tried.
    BEHIND_REFUSED
  }
}
