package com.openagents.runtime.app.drill;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The wall clock of one process, which can be put forward and back while the process runs. Needs
/// libfaketime (Debian's package `libfaketime`), which the process loads before all else. Clocks
/// that only measure how much time has passed are left alone, as a real step leaves them.
final class NodeClock {

  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final Path NAME = Path.of("faketime", "libfaketimeMT.so.1");
  private static final String RIGHT = "+0";

  private final Path library;
  private final Path offset;

  private NodeClock(Path library, Path offset) {
    this.library = library;
    this.offset = offset;
  }

  /// Empty where the library is not installed.
  ///
  /// @param folder is created, and holds how far the clock is off
  static Optional<NodeClock> in(Path folder) throws IOException {
    Optional<Path> library = library();
    return library.isPresent() ? Optional.of(of(library.get(), folder)) : Optional.empty();
  }

  static NodeClock of(Path library, Path folder) throws IOException {
    NodeClock clock = new NodeClock(library, Files.createDirectories(folder).resolve("clock"));
    clock.set();
    return clock;
  }

  private static Optional<Path> library() throws IOException {
    if (!Files.isDirectory(LIBRARIES)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> machines = Files.newDirectoryStream(LIBRARIES)) {
      for (Path machine : machines) {
        Path library = machine.resolve(NAME);
        if (Files.isRegularFile(library)) {
          return Optional.of(library);
        }
      }
    }
    return Optional.empty();
  }

  /// What the process is to have in its environment.
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /// Puts the clock forward, or back by a negative duration, against the time that it is.
  void step(Duration by) throws IOException {
    put("%+d".formatted(by.toSeconds()));
  }

  /// The clock is right again.
  void set() throws IOException {
    put(RIGHT);
  }

  /// In one move, for the process reads the file whenever it looks at its clock.
  private void put(String text) throws IOException {
    Path fresh = offset.resolveSibling("clock.new");
    Files.writeString(fresh, text + "\n");
    Files.move(fresh, offset, StandardCopyOption.ATOMIC_MOVE);
  }
}
