package com.openagents.runtime.identity;

/// The identifier, and idempotency key, of a frame within its run.
///
/// @param value 1 to 128 visible ASCII characters
public record FrameId(String value) {

  public FrameId {
    Name.checked("frameId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
