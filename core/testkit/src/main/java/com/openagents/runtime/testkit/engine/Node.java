package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.engine.AgentRuntime;
import com.openagents.runtime.engine.Bell;
import com.openagents.runtime.engine.EnginePorts;
import com.openagents.runtime.engine.Timebox;
import com.openagents.runtime.execution.ExecutionPorts;
import com.openagents.runtime.execution.ExecutorSettings;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.EventLog;
import java.util.ArrayDeque;
import java.util.Queue;

/// One process of the runtime, on the thread of the test.
final class Node {

  private static final int EXECUTING_MAX = 1_000;

  private final AgentRuntime runtime;
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  /// @param programs its own; they go down with it
  Node(String name, AgentPrograms programs, World world) {
    EventLog log = new CountedLog(world.crashes(), world.store().log());
    Bell bell = new Bell(log);
    ExecutionPorts execution =
        new ExecutionPorts(
            bell,
            world.store().threads(),
            world.store().checkpoints(),
            world.store().blobs(),
            new CountedModels(world.crashes(), world.models()),
            programs,
            world.time(),
            new ExecutorSettings(
                new NodeId(name), world.setup().leaseTtl(), world.setup().limits()));
    runtime =
        new AgentRuntime(
            new EnginePorts(
                execution,
                world.store().log(),
                world.store().index(),
                world.store().changes(),
                tasks::add,
                Timebox.UNBOUNDED,
                world::pass,
                EXECUTING_MAX));
    bell.listen(runtime::rung);
  }

  /// Carries out everything that is due now.
  ///
  /// @throws NodeDown when it crashes; it must not be used again
  void settle() {
    runtime.tend();
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  void beat() {
    runtime.beat();
  }

  /// Hears of what others wrote.
  void look() {
    runtime.look();
  }
}
