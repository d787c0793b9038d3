package com.openagents.runtime.postgres;

import com.openagents.runtime.identity.NodeId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears from other nodes that something was committed, on one connection of its own.
///
/// A hint and nothing more: it shortens the wait until the next look at the changes. When the
/// connection breaks, a new one is made; until then looks happen at their interval.
public final class HintListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HintListener.class);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

  private final ConnectionSettings settings;
  private final NodeId node;
  private final Runnable hint;
  private final Thread thread;
  private volatile @Nullable Connection connection;
  private volatile boolean closed;

  /// @param node whose own notifications are passed over: it has woken its readers itself
  /// @param hint called by the listener's thread; must not block
  public HintListener(ConnectionSettings settings, NodeId node, Runnable hint) {
    this.settings = settings;
    this.node = node;
    this.hint = hint;
    this.thread = Thread.ofPlatform().name("hint-listener").daemon().start(this::work);
  }

  private void work() {
    while (!closed) {
      try (Connection opened = open()) {
        connection = opened;
        hint.run();
        listen(opened.unwrap(PGConnection.class));
      } catch (SQLException e) {
        if (!closed) {
          LOG.warn("no hints from other nodes until the connection is back: {}", e.getMessage());
          LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
      }
    }
  }

  private Connection open() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", "openagents-runtime hints");
    properties.setProperty("tcpKeepAlive", "true");
    Connection opened = DriverManager.getConnection(settings.url(), properties);
    try (Statement statement = opened.createStatement()) {
      statement.execute("listen " + HintNotifier.CHANNEL);
    }
    return opened;
  }

  private void listen(PGConnection listening) throws SQLException {
    while (!closed) {
      boolean fromOthers = false;
      for (PGNotification notification : listening.getNotifications(0)) {
        fromOthers |= !notification.getParameter().equals(node.value());
      }
      if (fromOthers) {
        hint.run();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Connection open = connection;
    if (open != null) {
      abort(open);
    }
  }

  /// Ends the wait for notifications, which an orderly close would wait for.
  private static void abort(Connection open) {
    try {
      open.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("the listening connection was broken already", e);
    }
  }
}
