package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Unpacked binaries of PostgreSQL.
record Installation(Path directory) {

  /// The binaries of `archive` below `installations`, unpacked there when they are missing.
  /// Binaries of other versions are removed: only the owner of the data directory calls this, and
  /// no other PostgreSQL runs in it.
  static Installation provide(Archive archive, Path installations, Consumer<String> progress)
      throws IOException {
    Path directory = installations.resolve(archive.fingerprint());
    if (!Files.isDirectory(directory)) {
      progress.accept("unpacking PostgreSQL into " + directory + " (once)");
      Durable.deleteTree(installations);
      Path draft = Files.createDirectories(installations.resolve("unpacking"));
      archive.unpack(draft);
      Durable.publish(draft, directory);
    }
    return new Installation(directory);
  }

  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }
}
