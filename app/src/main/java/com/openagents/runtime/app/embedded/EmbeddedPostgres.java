package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// A running PostgreSQL of our own, in a data directory that outlives it.
///
/// Thread-safe. [#close()] ends PostgreSQL and gives the directory free.
public final class EmbeddedPostgres implements AutoCloseable {
  private final DirectoryLock lock;
  private final Supervisor supervisor;
  private final Endpoint endpoint;
  private final Path cluster;

  private EmbeddedPostgres(
      DirectoryLock lock, Supervisor supervisor, Endpoint endpoint, Path cluster) {
    this.cluster = cluster;
    this.lock = lock;
    this.supervisor = supervisor;
    this.endpoint = endpoint;
  }

  /// Starts PostgreSQL in `dataDirectory` and returns once it accepts connections. The first start
  /// unpacks the binaries and creates the database, which takes a few seconds.
  ///
  /// @param progress gets a line for every step that makes a person wait
  /// @throws DirectoryInUseException when another process uses the directory
  /// @throws EmbeddedPostgresException when PostgreSQL cannot be provided here
  public static EmbeddedPostgres start(Path dataDirectory, Consumer<String> progress) {
    var layout = Layout.in(dataDirectory);
    try {
      createDirectories(layout);
      var lock = DirectoryLock.acquire(layout.lock());
      try {
        return start(layout, lock, progress);
      } catch (IOException | RuntimeException | InterruptedException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "The data directory %s cannot be used: %s. Choose another OA_DATA_DIR."
              .formatted(layout.root(), e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("interrupted while PostgreSQL started", e);
    }
  }

  private static EmbeddedPostgres start(
      Layout layout, DirectoryLock lock, Consumer<String> progress)
      throws IOException, InterruptedException {
    var archive = Archive.find(Platform.current());
    var account = Account.choose(layout, Users.self(), Programs::works);
    var installation = Installation.provide(archive, layout.installations(), progress);
    var programs = new Programs(installation, account, ServerLog.open(layout.log()));
    Orphan.clear(layout.cluster(), programs, progress);
    var cluster = Cluster.open(layout, programs, progress);
    int port = PortChoice.make(layout.port(), new SecureRandom());
    var supervisor =
        Supervisor.start(
            () -> {
              Orphan.clear(cluster.directory(), programs, progress);
              return Postmaster.launch(cluster.directory(), port, programs);
            },
            progress);
    var endpoint = Endpoint.onLoopback(port, cluster.password());
    lock.announce(Owner.DATABASE, endpoint.address());
    return new EmbeddedPostgres(lock, supervisor, endpoint, layout.cluster());
  }

  /// As root the directories are open for passing through, since PostgreSQL runs as another user;
  /// what lies in them has permissions of its own.
  private static void createDirectories(Layout layout) throws IOException {
    var mode = Users.self().equals(Users.root()) ? "rwx--x--x" : "rwx------";
    Files.createDirectories(
        layout.root(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
  }

  /// How to connect.
  public Endpoint endpoint() {
    return endpoint;
  }

  /// The server's process number; empty while a server that ended is started again.
  public OptionalLong pid() {
    try {
      var file = PidFile.read(cluster).filter(PidFile::ready);
      return file.isPresent() ? OptionalLong.of(file.get().pid()) : OptionalLong.empty();
    } catch (IOException e) {
      throw new EmbeddedPostgresException("The database's process file cannot be read.", e);
    }
  }

  /// Lets a second process on the same data directory be told where the service listens.
  public void announceService(String address) {
    try {
      lock.announce(Owner.SERVICE, address);
    } catch (IOException e) {
      throw new EmbeddedPostgresException("The lock file cannot be written.", e);
    }
  }

  @Override
  public void close() {
    try (lock) {
      supervisor.close();
    } catch (IOException e) {
      throw new EmbeddedPostgresException("PostgreSQL cannot be stopped in order.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("interrupted while PostgreSQL stopped", e);
    }
  }
}
