package com.openagents.runtime.app.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// Plain SQL against an endpoint, for tests.
final class Sql {
  private Sql() {}

  static Connection connect(Endpoint endpoint) throws SQLException {
    return connect(endpoint, endpoint.user(), endpoint.password());
  }

  static Connection connect(Endpoint endpoint, String user, String password) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return DriverManager.getConnection(endpoint.jdbcUrl(), properties);
  }

  static void run(Endpoint endpoint, String... statements) throws SQLException {
    try (var connection = connect(endpoint);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// The first column of the first row.
  static String one(Endpoint endpoint, String query) throws SQLException {
    try (var connection = connect(endpoint);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
