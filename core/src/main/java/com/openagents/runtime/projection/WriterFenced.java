package com.openagents.runtime.projection;

/// Another writer has taken over: nothing was written, and nothing this one does will be.
public final class WriterFenced extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long present;

  /// @param epoch the epoch under which the write was tried
  public WriterFenced(long epoch) {
    this(epoch, 0);
  }

  /// @param epoch the epoch under which the write was tried
  /// @param present the epoch in which writes are taken now, or 0 when that is not known
  public WriterFenced(long epoch, long present) {
    super("another node writes the projections by now; epoch " + epoch + " is over");
    this.present = present;
  }

  /// The epoch in which writes are taken now, or 0 when that is not known.
  public long present() {
    return present;
  }
}
