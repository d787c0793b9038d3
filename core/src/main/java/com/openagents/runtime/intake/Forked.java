package com.openagents.runtime.intake;

/// What became of a request to fork a run.
public sealed interface Forked {

  /// Durable now.
  ///
  /// @param atSeq the last sequence that was copied; lower than asked for where the run had ended
  /// @param lastSeq the head of the new log
  record Accepted(long atSeq, long lastSeq) implements Forked {}

  /// The same was asked before; nothing changed.
  record Repeated(long atSeq, long lastSeq) implements Forked {}

  /// The log ends before the place.
  record Ahead(long head) implements Forked {}

  /// More would be copied than one fork may.
  record TooLong(long eventsMax) implements Forked {}

  /// The payloads to be copied have more bytes than one fork may copy.
  record TooLarge(long bytesMax) implements Forked {}

  /// Pieces up to the floor aged out, so the beginning of the log is not whole.
  record Aged(long floor, long head) implements Forked {}

  /// As many forks are being made as may be at once.
  record Busy() implements Forked {}

  record Refused(Taken.Why why) implements Forked {}
}
