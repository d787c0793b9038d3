package com.openagents.runtime.intake;

/// What became of a request that changes a run.
public sealed interface Taken {

  /// Durable now.
  ///
  /// @param lastSeq the head of the log after it
  record Accepted(long lastSeq) implements Taken {}

  /// The same was taken before; nothing changed.
  record Repeated(long lastSeq) implements Taken {}

  record Refused(Why why) implements Taken {}

  enum Why {
    /// No such run for this sender.
    NOT_FOUND,
    /// The id is used with other content.
    CONFLICT,
    /// The run has ended.
    ENDED,
    /// A turn is in progress and the run rejects messages meanwhile.
    BUSY,
    /// No program of that name.
    UNKNOWN_AGENT,
    /// The run does not understand frames of that type.
    UNKNOWN_FRAME_TYPE,
    /// The sender may not send frames of that type.
    FORBIDDEN
  }
}
