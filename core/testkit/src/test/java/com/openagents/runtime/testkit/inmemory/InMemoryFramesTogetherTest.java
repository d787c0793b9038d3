package com.openagents.runtime.testkit.inmemory;

import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.log.FramesTogetherContract;

class InMemoryFramesTogetherTest extends FramesTogetherContract {
  @Override
  protected StoreFixture openStore() {
    return new InMemoryFixture();
  }
}
