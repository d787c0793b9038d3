package com.openagents.runtime.app.embedded;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.postgres.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A database with the schema of this version, made once for all tests of a process: each begins
/// with a copy of it, which takes a twentieth of the time.
public final class MadeDatabase {

  private static final Layout MADE = make();

  private MadeDatabase() {}

  /// Starts PostgreSQL on a copy that nothing was written to yet.
  ///
  /// @param dataDirectory where the copy will be, closed to other users as the original is: it
  ///   belongs to the account that PostgreSQL has there
  public static EmbeddedPostgres start(Path dataDirectory) {
    return EmbeddedPostgres.start(in(dataDirectory), _ -> {});
  }

  /// Lets a database that will be started in a data directory find everything made.
  ///
  /// @return the data directory
  public static Path in(Path dataDirectory) {
    SharedBinaries.in(dataDirectory);
    Layout layout = Layout.in(dataDirectory);
    copy(MADE.cluster(), layout.cluster());
    copy(MADE.password(), layout.password());
    return dataDirectory;
  }

  private static Layout make() {
    try {
      Path directory = SharedBinaries.temporary("openagents-database");
      try (EmbeddedPostgres database =
              EmbeddedPostgres.start(SharedBinaries.in(directory), _ -> {});
          var connections = Database.connections(Database.urlOf(database.endpoint()))) {
        Migrations.apply(connections);
      }
      return Layout.in(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// With its owner, because PostgreSQL takes only what is its own.
  private static void copy(Path from, Path to) {
    try {
      Process copying =
          new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start();
      if (copying.waitFor() != 0) {
        throw new IllegalStateException(from + " could not be copied to " + to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a database was copied", e);
    }
  }
}
