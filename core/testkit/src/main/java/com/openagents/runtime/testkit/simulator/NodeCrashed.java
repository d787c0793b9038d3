package com.openagents.runtime.testkit.simulator;

/// The process in which this happens is gone. An error, for no code of a process outlives it.
final class NodeCrashed extends Error {

  private static final long serialVersionUID = 1L;

  NodeCrashed(String node) {
    super(node + " is gone", null, false, false);
  }
}
