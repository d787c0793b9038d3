package com.openagents.runtime.app.embedded;

import java.util.Locale;

/// An operating system and processor, by the names that packed PostgreSQL binaries use.
record Platform(String system, String processor) {

  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /// The platform of a JVM's `os.name` and `os.arch`.
  ///
  /// @throws EmbeddedPostgresException when no binaries exist for it
  static Platform of(String osName, String osArch) {
    var name = osName.toLowerCase(Locale.ROOT);
    String system = name.startsWith("linux") ? "linux" : name.startsWith("mac os") ? "darwin" : "";
    String processor =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> "";
        };
    if (system.isEmpty() || processor.isEmpty()) {
      throw new EmbeddedPostgresException(
          "There is no embedded PostgreSQL for %s on %s. Set DATABASE_URL to a PostgreSQL 15 or newer."
              .formatted(osName, osArch));
    }
    return new Platform(system, processor);
  }

  String archiveName() {
    return "postgres-" + system + "-" + processor + ".txz";
  }

  @Override
  public String toString() {
    return system + "-" + processor;
  }
}
