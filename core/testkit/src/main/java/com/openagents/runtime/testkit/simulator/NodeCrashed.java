package com.openagents.runtime.testkit.simulator;

/// The process in which this happens is gone. No code of a process outlives it.
final class NodeCrashed extends VirtualMachineError {

  private static final long serialVersionUID = 1L;

  NodeCrashed(String node) {
    super(node + " is gone");
  }

  /// Nobody reads where it was, and to find out takes long.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
