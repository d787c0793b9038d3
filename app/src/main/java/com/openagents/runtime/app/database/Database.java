package com.openagents.runtime.app.database;

import com.openagents.runtime.app.embedded.DataLocation;
import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.DatabaseUrl;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.log.StoreUnavailable;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/// The database to work on: the operator's own, or the embedded one, which runs until this is
/// closed.
public final class Database implements AutoCloseable {
  private static final String CONNECT_SECONDS_MAX = "5";
  private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(10);
  private static final int CONNECTIONS_MAX = 3;

  private final DatabaseUrl url;
  private final Optional<EmbeddedPostgres> embedded;

  private Database(DatabaseUrl url, Optional<EmbeddedPostgres> embedded) {
    this.url = url;
    this.embedded = embedded;
  }

  /// The database of the settings; an embedded one is started.
  ///
  /// @param progress gets a line for every step that makes a person wait
  /// @throws StoreUnavailable when the operator's own lets nobody in
  /// @throws com.openagents.runtime.app.embedded.EmbeddedPostgresException when it cannot be
  ///   started
  /// @throws com.openagents.runtime.app.embedded.DirectoryInUseException when another process has
  ///   it
  public static Database open(Settings settings, Consumer<String> progress) {
    Optional<DatabaseUrl> own = settings.find(Catalog.DATABASE_URL);
    if (own.isPresent()) {
      answers(own.get());
      return new Database(own.get(), Optional.empty());
    }
    var embedded = EmbeddedPostgres.start(location(settings, progress).path(), progress);
    return new Database(urlOf(embedded.endpoint()), Optional.of(embedded));
  }

  private static void answers(DatabaseUrl url) {
    try (var _ = connect(url)) {
      return;
    } catch (SQLException e) {
      throw new StoreUnavailable("the database does not answer", e);
    }
  }

  /// Where an embedded database lies; says so when that is not the usual place.
  static DataLocation location(Settings settings, Consumer<String> progress) {
    DataLocation location = location(settings);
    if (!location.why().isEmpty()) {
      progress.accept("using " + location.path() + ", because " + location.why());
    }
    return location;
  }

  /// Where an embedded database lies.
  public static DataLocation location(Settings settings) {
    return settings
        .find(Catalog.DATA_DIR)
        .map(path -> new DataLocation(path, ""))
        .orElseGet(DataLocation::usual);
  }

  /// The address of an embedded database in the form of an operator's own.
  public static DatabaseUrl urlOf(Endpoint endpoint) {
    return new DatabaseUrl(endpoint.jdbcUrl(), endpoint.user(), endpoint.password());
  }

  public DatabaseUrl url() {
    return url;
  }

  /// The embedded PostgreSQL, when it is that.
  public Optional<EmbeddedPostgres> embedded() {
    return embedded;
  }

  /// Opens one connection, or says within seconds why not.
  public static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbcUrl(), properties(url));
  }

  /// A few connections without a bound on statements, for migrations. Does not wait for the
  /// database.
  public static HikariDataSource connections(DatabaseUrl url) {
    var config = new HikariConfig();
    config.setPoolName("migrations");
    config.setJdbcUrl(url.jdbcUrl());
    config.setDataSourceProperties(properties(url));
    config.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
    config.setMaximumPoolSize(CONNECTIONS_MAX);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private static Properties properties(DatabaseUrl url) {
    var properties = new Properties();
    properties.setProperty("connectTimeout", CONNECT_SECONDS_MAX);
    properties.setProperty("loginTimeout", CONNECT_SECONDS_MAX);
    properties.setProperty("ApplicationName", "openagents-runtime");
    if (!url.user().isEmpty()) {
      properties.setProperty("user", url.user());
    }
    if (!url.password().isEmpty()) {
      properties.setProperty("password", url.password());
    }
    return properties;
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedPostgres::close);
  }
}
