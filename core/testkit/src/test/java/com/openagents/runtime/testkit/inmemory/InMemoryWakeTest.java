package com.openagents.runtime.testkit.inmemory;

import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.log.WakeContract;

class InMemoryWakeTest extends WakeContract {
  @Override
  protected StoreFixture openStore() {
    return new InMemoryFixture();
  }
}
