package com.openagents.runtime.http.edge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Closes connections on which the head of a request does not come to its end. The server's idle
/// timeout does not see them: a byte now and then keeps it from running out.
final class HeadDeadline extends AbstractLifeCycle implements Connection.Listener {

  private static final int LOOKS_PER_DEADLINE = 4;

  private final Duration deadline;
  private final Scheduler scheduler;
  private final Map<HttpConnection, Look> looks = new ConcurrentHashMap<>();
  private Scheduler.@Nullable Task next;

  /// What was seen of a connection.
  ///
  /// @param messages requests that it had begun
  /// @param bytes received when nothing of a further request had come
  /// @param headSince when the head of a further request was first seen to be on its way, or null
  private record Look(long messages, long bytes, @Nullable Long headSince) {}

  HeadDeadline(Duration deadline, Scheduler scheduler) {
    this.deadline = deadline;
    this.scheduler = scheduler;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection http) {
      looks.put(http, new Look(0, 0, null));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof HttpConnection http) {
      looks.remove(http);
    }
  }

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    Scheduler.Task task = next;
    if (task != null) {
      task.cancel();
    }
  }

  private void schedule() {
    long pause = Math.max(1, deadline.toMillis() / LOOKS_PER_DEADLINE);
    next = scheduler.schedule(this::look, pause, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    for (HttpConnection connection : looks.keySet()) {
      Look after = looks.computeIfPresent(connection, (http, before) -> look(http, before, now));
      Long since = after == null ? null : after.headSince();
      if (since != null && now - since > deadline.toNanos()) {
        connection.getEndPoint().close();
      }
    }
    if (isStarted()) {
      schedule();
    }
  }

  private static Look look(HttpConnection connection, Look before, long now) {
    long messages = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean serving = connection.getHttpChannel().getRequest() != null;
    if (serving || messages != before.messages()) {
      return new Look(messages, bytes, null);
    }
    if (bytes == before.bytes() || before.headSince() != null) {
      return before;
    }
    return new Look(messages, before.bytes(), now);
  }
}
