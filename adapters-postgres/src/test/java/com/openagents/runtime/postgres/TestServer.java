package com.openagents.runtime.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL server of this JVM's tests.
///
/// @param url of a database, without its name
public record TestServer(String name, String url) {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final String TEMPLATE = "migrated";

  /// A new and empty database with our schema.
  String newDatabase() {
    return copyOf(template());
  }

  /// A new database without our schema.
  String bareDatabase() {
    return copyOf("template1");
  }

  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url + database, "postgres", "");
  }

  @Override
  public String toString() {
    return name;
  }

  private synchronized String template() {
    try (Connection connection = connect("postgres");
        var statement = connection.createStatement()) {
      var known =
          statement.executeQuery("select from pg_database where datname = '" + TEMPLATE + "'");
      if (!known.next()) {
        statement.execute("create database " + TEMPLATE);
        try (var pools = PostgresPools.open(TestDatabase.settings(this, TEMPLATE))) {
          Migrations.apply(pools.serving());
        }
      }
      return TEMPLATE;
    } catch (SQLException e) {
      throw new AssertionError("no template on " + name, e);
    }
  }

  private String copyOf(String template) {
    String database = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database " + database + " template " + template);
      return database;
    } catch (SQLException e) {
      throw new AssertionError("no new database on " + name, e);
    }
  }
}
