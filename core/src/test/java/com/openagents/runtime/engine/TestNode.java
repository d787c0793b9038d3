package com.openagents.runtime.engine;

import com.openagents.runtime.engine.ScriptedModels.Killed;
import com.openagents.runtime.intake.Runs;

/// One node of a [World]; it works only when a test lets it.
public final class TestNode {

  private final AgentRuntime runtime;
  private final Runs runs;
  private final FaultyLog log;
  private final TestTasks tasks;
  private boolean dead;

  TestNode(AgentRuntime runtime, Runs runs, FaultyLog log, TestTasks tasks) {
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
      for (Runnable task = tasks.next(); task != null && !dead; task = tasks.next()) {
        task.run();
      }
    } catch (Killed e) {
      dead = true;
    }
  }

  /// Takes no task from now on, like a node whose threads have ended.
  public void endTasks() {
    tasks.close();
  }
}
