package com.openagents.runtime.convex;

import com.openagents.runtime.testkit.SinkFixture;
import com.openagents.runtime.testkit.projection.ProjectionSinkContract;

/// The laws of sinks, over HTTP against the real functions, with the runtime's own token.
class ConvexSinkTest extends ProjectionSinkContract {
  @Override
  protected SinkFixture openSink() {
    Facade facade = Facade.fresh();
    return new FacadeSinkFixture(facade, facade.sink());
  }
}
