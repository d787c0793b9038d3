package com.openagents.runtime.testkit;

/// One port that stands for itself, fresh and empty, for one test.
public interface PortFixture<P> extends StoreClock, AutoCloseable {

  P port();

  @Override
  void close();
}
