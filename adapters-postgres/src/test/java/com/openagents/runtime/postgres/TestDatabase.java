package com.openagents.runtime.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A new database with our schema, and its pools, for one test or one class of tests.
public final class TestDatabase implements AutoCloseable {

  public static final Duration LEASE_TTL = Duration.ofSeconds(30);

  /// Longer than any test holds a lock that a write is to wait for.
  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  private static final int VALID_MAX_SECONDS = 10;

  private static final Map<TestServer, TestDatabase> SHARED = new ConcurrentHashMap<>();

  /// Empties the tables that hold something, or were counted: to empty all forty at every test
  /// makes some two hundred files anew, which takes longer than most tests.
  private static final String EMPTY =
      """
      do $$
      declare
        used text;
      begin
        select string_agg(oid::regclass::text, ', ') into used
          from pg_class
          where relnamespace = 'runtime'::regnamespace and relkind = 'r'
            and relname not in ('schema_history', 'log_identity', 'nonce_memory')
            and (pg_relation_size(oid) > 0 or reltuples >= 0);
        if used is not null then
          execute 'truncate ' || used;
        end if;
      end
      $$
      """;

  private final TestServer server;
  private final String name;
  private final PostgresPools pools;
  private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

  private TestDatabase(TestServer server, String name) {
    this.server = server;
    this.name = name;
    this.pools = PostgresPools.open(settings(server, name));
  }

  /// A database for whoever closes it.
  public static TestDatabase newOn(TestServer server) {
    return new TestDatabase(server, server.newDatabase());
  }

  /// The one database of a server that tests share, emptied.
  public static TestDatabase emptiedOn(TestServer server) {
    TestDatabase shared = SHARED.computeIfAbsent(server, TestDatabase::newOn);
    shared.sql(EMPTY);
    return shared;
  }

  static ConnectionSettings settings(TestServer server, String database) {
    return new ConnectionSettings(
        server.url() + database, "postgres", "", LEASE_TTL, LOCK_WAIT, 4, 4, 4);
  }

  public ConnectionSettings settings() {
    return settings(server, name);
  }

  public PostgresPools pools() {
    return pools;
  }

  public String url() {
    return server.url() + name;
  }

  /// A session of its own, outside the pools.
  public Connection session() throws SQLException {
    return server.connect(name);
  }

  /// Runs a statement and returns its first column, if it answers rows. Its session is used again:
  /// most tests take less time than a session needs to begin.
  public List<String> sql(String sql, Object... parameters) {
    try {
      Connection connection = kept();
      try {
        return sql(connection, sql, parameters);
      } finally {
        idle.add(connection);
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /// One that lives: tests end sessions, and servers. Nothing stays prepared in it, for tests
  /// change tables.
  private Connection kept() throws SQLException {
    Connection connection = idle.poll();
    if (connection != null && connection.isValid(VALID_MAX_SECONDS)) {
      return connection;
    }
    return server.connect(name + "?prepareThreshold=0");
  }

  public static List<String> sql(Connection connection, String sql, Object... parameters) {
    List<String> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      if (statement.execute()) {
        ResultSet result = statement.getResultSet();
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /// Waits, at most half a minute, until a query answers true.
  public void await(String question, Object... parameters) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (Connection connection = session()) {
      while (!sql(connection, question, parameters).contains("t")) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("never true: " + question);
        }
        sql(connection, "select pg_sleep(0.005)");
      }
    } catch (SQLException e) {
      throw new AssertionError(question, e);
    }
  }

  /// Waits until a session is held up by the locks of another.
  public void awaitBlocked(int blocked, int by) {
    await("select ? = any(pg_blocking_pids(?))", by, blocked);
  }

  /// The number of the server's process behind a session.
  public static int pid(Connection connection) {
    return Integer.parseInt(sql(connection, "select pg_backend_pid()").getFirst());
  }

  @Override
  public void close() {
    pools.close();
    try {
      for (Connection connection : idle) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new AssertionError("a session of " + name + " does not end", e);
    }
  }
}
