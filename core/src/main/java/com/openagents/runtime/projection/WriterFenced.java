package com.openagents.runtime.projection;

/// Another writer has taken over: nothing was written, and nothing this one does will be.
public final class WriterFenced extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param epoch the epoch under which the write was tried
  public WriterFenced(long epoch) {
    super("another node writes the projections by now; epoch " + epoch + " is over");
  }
}
