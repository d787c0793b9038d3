package com.openagents.runtime.execution;

/// Counts how often an executor fails at one place of the log: a failure is written there, so one
/// that comes again and again cannot be told. For one thread.
final class Failures {

  private static final int MAX = 3;

  private long place = -1;
  private int count;

  /// Counts one more.
  ///
  /// @param lastSeq up to where the log was known
  /// @return whether it is to be left to others
  boolean tooMany(long lastSeq) {
    count = lastSeq == place ? count + 1 : 1;
    place = lastSeq;
    return count > MAX;
  }
}
