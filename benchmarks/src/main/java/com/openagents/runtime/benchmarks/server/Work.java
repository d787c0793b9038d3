package com.openagents.runtime.benchmarks.server;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.Workflow;

/// What DBOS makes durable.
interface Work {

  /// @param steps how many to do, one after the other
  String run(int steps);

  /// Steps that return a short text and do nothing else.
  final class Durable implements Work {
    private final DBOS dbos;

    Durable(DBOS dbos) {
      this.dbos = dbos;
    }

    @Override
    @Workflow(name = "run")
    public String run(int steps) {
      String last = "";
      for (int step = 0; step < steps; step++) {
        last = dbos.runStep(() -> "hello world", "step");
      }
      return last;
    }
  }
}
