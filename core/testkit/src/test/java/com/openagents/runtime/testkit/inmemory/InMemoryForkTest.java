package com.openagents.runtime.testkit.inmemory;

import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.log.ForkContract;

class InMemoryForkTest extends ForkContract {
  @Override
  protected StoreFixture openStore() {
    return new InMemoryFixture();
  }
}
