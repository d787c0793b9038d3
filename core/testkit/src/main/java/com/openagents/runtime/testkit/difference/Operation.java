package com.openagents.runtime.testkit.difference;

import com.openagents.runtime.testkit.StoreFixture;
import java.util.function.Function;

/// Something to do with a store, and what of its answer can be compared.
///
/// @param name says what is done, for the reader of a failure
record Operation(String name, Function<StoreFixture, Object> play) {

  Object answer(StoreFixture store) {
    return play.apply(store);
  }

  @Override
  public String toString() {
    return name;
  }
}
