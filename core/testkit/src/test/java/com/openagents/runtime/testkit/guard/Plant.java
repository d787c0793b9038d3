package com.openagents.runtime.testkit.guard;

import java.util.function.Consumer;

/// A known bug, and the test that must catch it.
///
/// @param caughtBy the name of the test method, without parameters
record Plant(String bug, Class<?> suite, String caughtBy, Consumer<Planted> planting) {

  static final Plant NONE = new Plant("no bug", Suites.class, "", _ -> {});

  @Override
  public String toString() {
    return bug;
  }
}
