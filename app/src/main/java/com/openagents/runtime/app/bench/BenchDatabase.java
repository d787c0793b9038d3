package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.settings.DatabaseUrl;
import com.openagents.runtime.postgres.Migrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/// The database that a benchmark writes to: one of the caller's, or an embedded one that is thrown
/// away afterwards.
public final class BenchDatabase implements AutoCloseable {

  private final String text;
  private final Optional<EmbeddedPostgres> embedded;

  private BenchDatabase(String text, Optional<EmbeddedPostgres> embedded) {
    this.text = text;
    this.embedded = embedded;
  }

  /// @param own `postgresql://…`; empty for an embedded one
  /// @param folder where an embedded one lies
  static BenchDatabase open(Optional<String> own, Path folder, Consumer<String> progress) {
    if (own.isPresent()) {
      return new BenchDatabase(own.get(), Optional.empty());
    }
    EmbeddedPostgres embedded = EmbeddedPostgres.start(folder, progress);
    Endpoint at = embedded.endpoint();
    String text =
        "postgresql://%s:%s@%s/%s?sslmode=disable"
            .formatted(at.user(), at.password(), at.address(), at.database());
    return new BenchDatabase(text, Optional.of(embedded));
  }

  /// The address as the setting `DATABASE_URL` takes it.
  public String text() {
    return text;
  }

  public DatabaseUrl url() {
    return DatabaseUrl.parse(text);
  }

  BenchDatabase migrated() {
    try (var connections = Database.connections(url())) {
      Migrations.apply(connections);
    }
    return this;
  }

  Connection connect() throws SQLException {
    return Database.connect(url());
  }

  public String version() throws SQLException {
    try (Connection connection = connect()) {
      String version = connection.getMetaData().getDatabaseProductVersion();
      return embedded.isPresent() ? version + " embedded" : version;
    }
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedPostgres::close);
  }
}
