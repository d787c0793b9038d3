package com.openagents.runtime.testkit.guide;

import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.log.WholeStore;

class MyStoreTest extends WholeStore {

  @Override
  protected StoreFixture openStore() {
    return new InMemoryFixture(); // your own: ports over a fresh, empty store
  }
}
