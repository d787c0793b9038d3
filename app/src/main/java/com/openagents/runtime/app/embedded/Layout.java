package com.openagents.runtime.app.embedded;

import java.nio.file.Path;

/// Where everything of the embedded PostgreSQL lies.
///
/// @param root the `postgres` directory inside the service's data directory
record Layout(Path root) {

  static Layout in(Path dataDirectory) {
    return new Layout(dataDirectory.toAbsolutePath().normalize().resolve("postgres"));
  }

  /// Held by the process that owns the directory; says who that is.
  Path lock() {
    return root.resolve("lock");
  }

  /// One directory for each set of unpacked binaries.
  Path installations() {
    return root.resolve("binaries");
  }

  /// The database cluster itself, PostgreSQL's `PGDATA`.
  Path cluster() {
    return root.resolve("data");
  }

  /// The password of the service's database role.
  Path password() {
    return root.resolve("password");
  }

  /// The port that PostgreSQL had last time.
  Path port() {
    return root.resolve("port");
  }

  /// What PostgreSQL and `initdb` say.
  Path log() {
    return root.resolve("server.log");
  }
}
