package com.openagents.runtime.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// What a node has taken on and not begun; a test lets it work.
final class TestTasks implements Executor {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean closed;

  @Override
  public void execute(Runnable task) {
    if (closed) {
      throw new RejectedExecutionException("closed by the test");
    }
    tasks.add(task);
  }

  /// Refuses whatever comes from now on.
  void close() {
    closed = true;
  }

  @Nullable Runnable next() {
    return tasks.poll();
  }
}
