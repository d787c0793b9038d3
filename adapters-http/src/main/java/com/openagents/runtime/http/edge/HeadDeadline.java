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
///
/// When there is hardly room for further connections, those that ask for nothing make room for
/// others, long before their idle timeout.
final class HeadDeadline extends AbstractLifeCycle implements Connection.Listener {

  private static final int LOOKS_PER_DEADLINE = 4;
  private static final double CROWDED = 0.9;

  private final Duration deadline;
  private final int connectionsMax;
  private final Scheduler scheduler;
  private final Map<HttpConnection, Look> looks = new ConcurrentHashMap<>();
  private Scheduler.@Nullable Task next;

  /// What was seen of a connection.
  ///
  /// @param messages requests that it had begun
  /// @param bytes received when nothing of a further request had come
  /// @param headSince when the head of a further request was first seen to be on its way, or null
  /// @param quiet looks since anything came or was asked
  private record Look(long messages, long bytes, @Nullable Long headSince, int quiet) {}

  /// @param connectionsMax how many there may be
  HeadDeadline(Duration deadline, int connectionsMax, Scheduler scheduler) {
    this.connectionsMax = connectionsMax;
    this.deadline = deadline;
    this.scheduler = scheduler;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection http) {
      looks.put(http, new Look(0, 0, null, 0));
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
    boolean crowded = looks.size() > connectionsMax * CROWDED;
    for (HttpConnection connection : looks.keySet()) {
      Look after = looks.computeIfPresent(connection, (http, before) -> look(http, before, now));
      if (after != null && (isLate(after, now) || (crowded && after.quiet() > 1))) {
        connection.getEndPoint().close();
      }
    }
    if (isStarted()) {
      schedule();
    }
  }

  private boolean isLate(Look look, long now) {
    return look.headSince() != null && now - look.headSince() > deadline.toNanos();
  }

  private static Look look(HttpConnection connection, Look before, long now) {
    long messages = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean serving = connection.getHttpChannel().getRequest() != null;
    if (serving || messages != before.messages()) {
      return new Look(messages, bytes, null, 0);
    }
    if (bytes == before.bytes()) {
      return new Look(messages, bytes, null, before.quiet() + 1);
    }
    return before.headSince() == null ? new Look(messages, before.bytes(), now, 0) : before;
  }
}
