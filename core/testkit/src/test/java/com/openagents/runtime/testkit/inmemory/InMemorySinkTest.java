package com.openagents.runtime.testkit.inmemory;

import com.openagents.runtime.testkit.InMemorySinkFixture;
import com.openagents.runtime.testkit.SinkFixture;
import com.openagents.runtime.testkit.projection.ProjectionSinkContract;

class InMemorySinkTest extends ProjectionSinkContract {
  @Override
  protected SinkFixture openSink() {
    return new InMemorySinkFixture();
  }
}
