package com.openagents.runtime.app.drill;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.settings.DatabaseUrl;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/// What can be done to a PostgreSQL from outside, past the nodes' wires. For one thread.
final class DatabaseFaults {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final EmbeddedPostgres postgres;
  private final DatabaseUrl url;

  DatabaseFaults(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    this.url = Database.urlOf(postgres.endpoint());
  }

  /// Ends the server without warning.
  ///
  /// @param immediately by PostgreSQL's own immediate stop, instead of SIGKILL
  /// @return whether there was one
  boolean crash(boolean immediately) throws IOException, InterruptedException {
    OptionalLong pid = postgres.pid();
    return pid.isPresent()
        && new ProcessBuilder(
                    "kill", immediately ? "-QUIT" : "-KILL", Long.toString(pid.getAsLong()))
                .start()
                .waitFor()
            == 0;
  }

  /// Takes every connection that the server gives.
  ///
  /// @return whether it gave any
  boolean takeConnections(Duration hold) throws SQLException {
    Deque<Connection> taken = new ArrayDeque<>();
    try {
      long end = System.nanoTime() + hold.toNanos();
      while (System.nanoTime() < end) {
        takeAll(taken);
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
      return !taken.isEmpty();
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
    }
  }

  private void takeAll(Deque<Connection> taken) {
    try {
      while (true) {
        taken.add(Database.connect(url));
      }
    } catch (SQLException full) {
      // None is left, or the server is away.
    }
  }

  /// Makes new sessions read-only, and ends the others, so that there are only new ones.
  void readOnly(Duration hold) throws SQLException {
    try (Connection connection = Database.connect(url)) {
      run(connection, "alter database openagents set default_transaction_read_only = on");
      run(
          connection,
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where usename = current_user and pid <> pg_backend_pid()");
      LockSupport.parkNanos(hold.toNanos());
    } finally {
      writable();
    }
  }

  /// Sessions may write again; those that may not are ended.
  private void writable() {
    while (true) {
      try (Connection connection = Database.connect(url)) {
        run(connection, "set default_transaction_read_only = off");
        run(connection, "alter database openagents reset default_transaction_read_only");
        run(
            connection,
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where usename = current_user and pid <> pg_backend_pid()");
        return;
      } catch (SQLException away) {
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
  }

  /// Keeps everybody else from the rows of all runs.
  void lock(Duration hold) throws SQLException {
    inTransaction("lock table runtime.runs in access exclusive mode", hold);
  }

  /// Keeps a transaction with a number of its own open, which holds back the horizon of all others.
  void foreign(Duration hold) throws SQLException {
    inTransaction("select pg_current_xact_id()", hold);
  }

  private void inTransaction(String statement, Duration hold) throws SQLException {
    try (Connection connection = Database.connect(url)) {
      connection.setAutoCommit(false);
      run(connection, statement);
      LockSupport.parkNanos(hold.toNanos());
      connection.rollback();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
