package com.openagents.runtime.convex;

import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.testkit.SinkFixture;

/// A sink of which only its own functions are known.
record PlainSinkFixture(ProjectionSink sink) implements SinkFixture {
  @Override
  public void close() {}
}
