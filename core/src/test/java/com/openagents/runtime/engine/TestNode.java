package com.openagents.runtime.engine;

import com.openagents.runtime.engine.ScriptedModels.Killed;
import com.openagents.runtime.intake.Runs;
import java.util.ArrayDeque;
import java.util.Queue;

/// One node of a [World]; it works only when a test lets it.
public final class TestNode {

  private final AgentRuntime runtime;
  private final Runs runs;
  private final FaultyLog log;
  private final Queue<Runnable> tasks;
  private boolean dead;

  TestNode(AgentRuntime runtime, Runs runs, FaultyLog log, Queue<Runnable> tasks) {
    this.runtime = runtime;
    this.runs = runs;
    this.log = log;
    this.tasks = tasks;
  }

  public AgentRuntime runtime() {
    return runtime;
  }

  /// How requests that reach this node are taken.
  public Runs runs() {
    return runs;
  }

  /// The log as this node reaches it.
  public FaultyLog log() {
    return log;
  }

  public boolean dead() {
    return dead;
  }

  /// Carries out everything that is due now.
  public void settle() {
    if (!dead) {
      runtime.tend();
      work();
    }
  }

  /// Carries out what the node has taken on, without looking for more.
  public void work() {
    try {
      for (Runnable task = tasks.poll(); task != null && !dead; task = tasks.poll()) {
        task.run();
      }
    } catch (Killed e) {
      dead = true;
    }
  }

  static Queue<Runnable> noTasks() {
    return new ArrayDeque<>();
  }
}
