package com.openagents.runtime.postgres.log;

/// A write holds a value that the store has no form for, such as a time beyond its calendar.
///
/// Nothing of it was written; everything beside it in its batch was.
public final class UnstorableWrite extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnstorableWrite(Throwable cause) {
    super("a value of the write cannot be stored", cause);
  }
}
