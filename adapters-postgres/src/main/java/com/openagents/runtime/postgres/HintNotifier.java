package com.openagents.runtime.postgres;

import com.openagents.runtime.identity.NodeId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells other nodes that something was committed: one notification for however many commits.
///
/// Never inside the transaction of a write, because commits that notify take turns. A lost hint
/// costs a reader at most its poll interval. Thread-safe.
public final class HintNotifier implements AutoCloseable {

  static final String CHANNEL = "openagents_runtime";
  private static final Logger LOG = LoggerFactory.getLogger(HintNotifier.class);

  private final DataSource dataSource;
  private final NodeId node;
  private final Duration pause;
  private final Semaphore changed = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /// @param pause the least time between two notifications
  public HintNotifier(DataSource dataSource, NodeId node, Duration pause) {
    this.dataSource = dataSource;
    this.node = node;
    this.pause = pause;
    this.thread = Thread.ofPlatform().name("hint-notifier").daemon().start(this::work);
  }

  /// Says that a commit happened; returns at once.
  public void changed() {
    changed.release();
  }

  private void work() {
    try {
      while (!closed) {
        changed.acquire();
        changed.drainPermits();
        notifyOthers();
        LockSupport.parkNanos(pause.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void notifyOthers() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
      statement.setString(1, CHANNEL);
      statement.setString(2, node.value());
      statement.execute();
    } catch (SQLException e) {
      LOG.debug("a hint to other nodes was lost", e);
    } catch (RuntimeException e) {
      LOG.warn("a hint to other nodes was lost", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
