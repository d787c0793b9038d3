package com.openagents.runtime.testkit.inmemory;

import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.ProjectionFixture;
import com.openagents.runtime.testkit.projection.WholeProjections;

class InMemoryProjectionsTest extends WholeProjections {
  @Override
  protected ProjectionFixture openStore() {
    return new InMemoryFixture();
  }
}
