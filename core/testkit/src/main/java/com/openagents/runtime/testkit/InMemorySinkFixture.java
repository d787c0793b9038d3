package com.openagents.runtime.testkit;

import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.projection.ProjectionSink;

/// The sink in memory, as its suite wants it.
public final class InMemorySinkFixture implements SinkFixture {

  private final InMemorySink sink = new InMemorySink("memory");

  @Override
  public ProjectionSink sink() {
    return sink;
  }

  @Override
  public void close() {}
}
