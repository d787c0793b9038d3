package com.openagents.runtime.app.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/// A directory for one undertaking, which goes with it. On disk, where a database belongs.
public final class Workplace implements AutoCloseable {

  private static final Path ON_DISK = Path.of("/var/tmp");

  private final Path root;

  private Workplace(Path root) {
    this.root = root;
  }

  /// Other users may pass through: as root, PostgreSQL runs as one of them.
  public static Workplace make(String name) throws IOException {
    Path root =
        Files.isDirectory(ON_DISK)
            ? Files.createTempDirectory(ON_DISK, "openagents-" + name)
            : Files.createTempDirectory("openagents-" + name);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    return new Workplace(root);
  }

  public Path folder(String name) {
    return root.resolve(name);
  }

  /// Removes a folder with all that is in it.
  public static void remove(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    try {
      remove(root);
    } catch (IOException e) {
      throw new UncheckedIOException("what was left cannot be removed: " + root, e);
    }
  }
}
