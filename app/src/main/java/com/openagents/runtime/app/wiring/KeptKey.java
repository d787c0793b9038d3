package com.openagents.runtime.app.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/// A key that is made once and kept among the data, for its owner alone.
final class KeptKey {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private KeptKey() {}

  /// Returns the text of the key.
  ///
  /// @param make makes the text of a new one
  /// @throws UncheckedIOException when there is none and none can be kept
  static String text(Path directory, String name, Supplier<String> make) {
    Path file = directory.resolve(name);
    try {
      Files.createDirectories(directory);
      create(file, make);
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("a key cannot be kept in " + file, e);
    }
  }

  /// The file appears whole or not at all, so that a start that is cut short leaves no broken key.
  private static void create(Path file, Supplier<String> make) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(), file.getFileName().toString(), ".new", OWNER_ONLY);
    try {
      Files.writeString(draft, make.get());
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another start was first; its key is the one.
      return;
    } finally {
      Files.delete(draft);
    }
  }
}
