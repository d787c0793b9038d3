package com.openagents.runtime.testkit;

import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.ThreadLog;

/// One store, fresh and empty, for one test; all of its ports look at the same runs.
public interface StoreFixture extends StoreClock, AutoCloseable {

  EventLog log();

  RunIndex index();

  ThreadLog threads();

  ChangeFeed changes();

  Checkpoints checkpoints();

  Seals seals();

  Ageing ageing();

  Nodes nodes();

  @Override
  void close();
}
