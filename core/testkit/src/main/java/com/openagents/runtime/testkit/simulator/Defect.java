package com.openagents.runtime.testkit.simulator;

import org.jspecify.annotations.Nullable;

/// Something that must not be, whatever the runs look like at the end.
///
/// Equal defects of two plays have the same kind.
final class Defect extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String kind;

  Defect(String kind, String how, @Nullable Throwable cause) {
    super(how, cause);
    this.kind = kind;
  }

  /// An actor that ended with something other than the end of its process.
  static Defect of(String actor, Throwable cause) {
    StackTraceElement[] trace = cause.getStackTrace();
    String where = trace.length == 0 ? "somewhere" : trace[0].getMethodName();
    return new Defect(
        "no code fails by itself: " + cause.getClass().getSimpleName() + " in " + where,
        actor + " failed: " + cause.getMessage(),
        cause);
  }

  String kind() {
    return kind;
  }
}
