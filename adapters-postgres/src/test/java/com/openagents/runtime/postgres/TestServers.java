package com.openagents.runtime.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The servers that the tests of this module run on: the embedded one, and Debian's version 15
/// where it is installed. Each is started once for a JVM, when it is first asked for.
public final class TestServers {

  private TestServers() {}

  private static final class Embedded {
    static final TestServer SERVER = start();

    private static TestServer start() {
      try {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        return new TestServer(
            "embedded", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Installed {
    static final Optional<TestServer> SERVER = InstalledPostgres.start();
  }

  static TestServer embedded() {
    return Embedded.SERVER;
  }

  /// For parameterized test classes.
  public static List<TestServer> all() {
    return Stream.concat(Stream.of(Embedded.SERVER), Installed.SERVER.stream()).toList();
  }
}
