package com.openagents.runtime.identity;

/// The name under which a process holds leases; unique per process start, never trusted as a fence.
///
/// @param value 1 to 128 visible ASCII characters
public record NodeId(String value) {

  public NodeId {
    Name.checked("nodeId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
