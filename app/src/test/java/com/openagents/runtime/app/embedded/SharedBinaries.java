package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// PostgreSQL, unpacked once for all tests of a process: unpacking takes longer than making a
/// database.
public final class SharedBinaries {

  private static final Path BINARIES = unpack();

  private SharedBinaries() {}

  /// Lets a database that will be made in a data directory find them there.
  ///
  /// @return the data directory
  public static Path in(Path dataDirectory) {
    Layout layout = Layout.in(dataDirectory);
    try {
      Files.createDirectories(dataDirectory);
      Files.createDirectory(layout.root());
      mode(layout.root(), "rwx--x--x");
      Files.createSymbolicLink(layout.installations(), BINARIES);
      return dataDirectory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path unpack() {
    try {
      Path directory = temporary("openagents-postgres");
      mode(directory, "rwxr-xr-x");
      Installation.provide(Archive.find(Platform.current()), directory, _ -> {});
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A directory that is closed to other users and deleted with the process.
  static Path temporary(String name) throws IOException {
    Path directory = Files.createTempDirectory(name);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
    return directory;
  }

  private static void delete(Path directory) {
    try {
      Durable.deleteTree(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
