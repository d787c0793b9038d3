package com.openagents.runtime.identity;

/// The identifier of a conversation; belongs to the first principal that uses it.
///
/// @param value 1 to 128 visible ASCII characters
public record ThreadId(String value) {

  public ThreadId {
    Name.checked("threadId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
