package com.openagents.runtime.stream;

/// A message, or reasoning, that readers get in pieces.
///
/// @param id unique within the run, among those of its kind
record Text(boolean reasoning, String id) {

  static Text message(String id) {
    return new Text(false, id);
  }

  static Text reasoning(String id) {
    return new Text(true, id);
  }
}
