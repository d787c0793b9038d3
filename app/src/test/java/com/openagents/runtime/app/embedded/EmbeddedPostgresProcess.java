package com.openagents.runtime.app.embedded;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/// A process that owns an embedded PostgreSQL until its standard input ends.
final class EmbeddedPostgresProcess {
  private static final PrintStream OUTPUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true);

  private EmbeddedPostgresProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (var postgres =
        EmbeddedPostgres.start(Path.of(arguments[0]), EmbeddedPostgresProcess::say)) {
      postgres.announceService("http://127.0.0.1:4000");
      say("ready " + postgres.endpoint().port());
      while (System.in.read() >= 0) {}
    } catch (DirectoryInUseException e) {
      say("in use: " + e.getMessage());
    }
  }

  private static void say(String line) {
    OUTPUT.println(line);
  }
}
