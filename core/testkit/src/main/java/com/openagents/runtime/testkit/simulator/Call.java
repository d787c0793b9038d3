package com.openagents.runtime.testkit.simulator;

/// A call of a port, as a fault is chosen for it.
///
/// @param number how many calls any node has made before, and this one
public record Call(long number, String node, Kind kind) {

  /// What is called.
  public enum Kind {
    STORE,
    ASK_MODEL,
    HEAR_MODEL
  }

  /// Whether the fault can happen at this call.
  public boolean allows(Fault fault) {
    return switch (fault) {
      case UNAVAILABLE, ANSWER_LOST, LANDS_LATER -> kind == Kind.STORE;
      case PROVIDER_FAILS -> kind == Kind.HEAR_MODEL;
      default -> true;
    };
  }
}
