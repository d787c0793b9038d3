package com.openagents.runtime.testkit.engine;

/// The node in which this happens is gone; the runtime catches nothing of the kind.
final class NodeDown extends VirtualMachineError {

  private static final long serialVersionUID = 1L;
}
