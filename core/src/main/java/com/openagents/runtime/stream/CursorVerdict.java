package com.openagents.runtime.stream;

/// The answer of [Cursor#against].
public sealed interface CursorVerdict {

  /// Stream everything after this sequence, then what is new.
  record Replay(long after) implements CursorVerdict {}

  /// Stream only what comes after the head.
  record LiveOnly(long after) implements CursorVerdict {}

  /// There is no stream for this cursor.
  sealed interface NoStream extends CursorVerdict {}

  /// The cursor lies beyond the log: the reader knows a log whose tail was lost.
  record Ahead(long head) implements NoStream {}

  /// Events after the cursor have aged out; the reader starts anew, without a cursor.
  record Stale(long floor, long head) implements NoStream {}

  /// The run has ended and the reader has seen its end.
  record NothingMore() implements NoStream {}
}
