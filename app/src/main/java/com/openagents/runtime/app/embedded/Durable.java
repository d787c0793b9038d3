package com.openagents.runtime.app.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/// Changes of files that a power cut leaves either undone or complete.
final class Durable {
  private Durable() {}

  static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, WRITE)) {
      channel.force(true);
    }
  }

  /// Gives `from` its final name; nobody ever sees half of it under that name.
  static void publish(Path from, Path to) throws IOException {
    Files.move(from, to, ATOMIC_MOVE);
    try (var directory = FileChannel.open(to.resolveSibling(""), READ)) {
      directory.force(true);
    }
  }

  /// Replaces the content of a file that only its owner may read.
  static void writePrivately(Path file, String content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    createPrivately(draft);
    Files.writeString(draft, content);
    force(draft);
    publish(draft, file);
  }

  /// An empty file that only its owner may read, from its first moment on.
  static void createPrivately(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (var paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
