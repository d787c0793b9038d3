package com.openagents.runtime.app.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The file that the embedded PostgreSQL writes its messages to. It begins anew at a start that
/// finds it long, and one older file is kept.
record ServerLog(Path file) {
  private static final long BYTES_MAX = 16L << 20;
  private static final int EXCERPT_BYTES = 4096;

  static ServerLog open(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) > BYTES_MAX) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".old"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(file)) {
      Durable.createPrivately(file);
    }
    return new ServerLog(file);
  }

  Redirect appending() {
    return Redirect.appendTo(file.toFile());
  }

  long length() throws IOException {
    return Files.size(file);
  }

  /// The last lines written after the log had the length `mark`.
  String since(long mark) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(mark, in.length() - EXCERPT_BYTES);
      in.seek(from);
      byte[] bytes = new byte[(int) (in.length() - from)];
      in.readFully(bytes);
      return new String(bytes, UTF_8).strip();
    }
  }
}
