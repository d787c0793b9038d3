package com.openagents.runtime.testkit.simulator;

/// A fault that happened, and where.
public record Strike(Call call, Fault fault) {

  @Override
  public String toString() {
    return fault + " at " + call;
  }
}
