package com.openagents.runtime.testkit.simulator;

/// A call of a port, as a fault is chosen for it.
///
/// @param number how many calls any node has made before, and this one
public record Call(long number, String node, Kind kind) {

  /// What is called.
  public enum Kind {
    STORE,
    /// A look at the feed of changes.
    LOOK,
    ASK_MODEL,
    HEAR_MODEL,
    /// The process is called: it hears of its own write.
    WAKE_UP
  }

  @Override
  public String toString() {
    return "call " + number + " (" + node + ", " + kind + ")";
  }
}
