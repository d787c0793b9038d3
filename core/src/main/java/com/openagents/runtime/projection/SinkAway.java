package com.openagents.runtime.projection;

/// A sink did not answer, or asked to be left alone for a while; whether it did what it was asked
/// is not known.
public final class SinkAway extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reasonClass;

  /// @param reasonClass `overloaded`, `unreachable`, `unknown_outcome`, …: a word for metrics
  public SinkAway(String reasonClass, String message) {
    super(message);
    this.reasonClass = reasonClass;
  }

  public String reasonClass() {
    return reasonClass;
  }
}
