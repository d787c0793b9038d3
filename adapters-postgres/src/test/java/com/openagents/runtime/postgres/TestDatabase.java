package com.openagents.runtime.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A new database with our schema, and its pools, for one test or one class of tests.
public final class TestDatabase implements AutoCloseable {

  public static final Duration LEASE_TTL = Duration.ofSeconds(30);

  private final TestServer server;
  private final String name;
  private final PostgresPools pools;

  private TestDatabase(TestServer server, String name) {
    this.server = server;
    this.name = name;
    this.pools = PostgresPools.open(settings(server, name));
  }

  public static TestDatabase on(TestServer server) {
    return new TestDatabase(server, server.newDatabase());
  }

  public static TestDatabase embedded() {
    return on(TestServers.embedded());
  }

  static ConnectionSettings settings(TestServer server, String database) {
    return new ConnectionSettings(server.url() + database, "postgres", "", LEASE_TTL, 4, 4);
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

  /// Runs a statement and returns its first column, if it answers rows.
  public List<String> sql(String sql, Object... parameters) {
    try (Connection connection = session()) {
      return sql(connection, sql, parameters);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
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

  @Override
  public void close() {
    pools.close();
  }
}
