package com.openagents.runtime.projection;

/// A sink refuses everything, for a reason that only a person can end: a credential that it does
/// not take, functions that are not deployed.
public final class SinkRefusing extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reasonClass;

  /// @param reasonClass a word for metrics: `unauthorized`, `incompatible`, …
  public SinkRefusing(String reasonClass, String message) {
    super(message);
    this.reasonClass = reasonClass;
  }

  public String reasonClass() {
    return reasonClass;
  }
}
