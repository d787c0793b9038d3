package com.openagents.runtime.app.drill;

/// A law that did not hold.
///
/// @param where the run, node or call
/// @param what what was seen instead
record Breach(Law law, String where, String what) {

  @Override
  public String toString() {
    return "%s: %s: %s".formatted(law, where, what);
  }
}
