package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a running PostgreSQL says about itself in `postmaster.pid`.
///
/// @param status empty until PostgreSQL has got far enough to report one
record PidFile(long pid, String status) {
  private static final int STATUS_LINE = 7;

  /// The file in `cluster`, or empty where there is none or it is being written.
  static Optional<PidFile> read(Path cluster) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(path(cluster), StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    String status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
    return Optional.of(new PidFile(Long.parseLong(lines.getFirst().strip()), status));
  }

  static Path path(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  boolean ready() {
    return status.equals("ready");
  }
}
