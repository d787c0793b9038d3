package com.openagents.runtime.app.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Keeps a data directory to one process, and tells others who that is and how to reach it.
///
/// The operating system releases the lock when its holder dies, however it dies. The file stays:
/// removing it would let two processes lock two files of one name.
final class DirectoryLock implements AutoCloseable {
  /// What this process holds. It must know without looking: closing any handle of a locked file
  /// gives up the process's lock on it.
  private static final Map<Path, DirectoryLock> HELD = new HashMap<>();

  private final Path file;
  private final FileChannel channel;
  private volatile Owner owner = Owner.self();

  private DirectoryLock(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, CREATE, WRITE);
  }

  /// @throws DirectoryInUseException when another process, or another part of this one, holds it
  static DirectoryLock acquire(Path file) throws IOException {
    Path directory = file.resolveSibling("").toRealPath();
    Path key = directory.resolve(file.getFileName());
    synchronized (HELD) {
      var held = HELD.get(key);
      if (held != null) {
        throw new DirectoryInUseException(directory, held.owner);
      }
      var lock = new DirectoryLock(key);
      if (lock.channel.tryLock() == null) {
        lock.channel.close();
        throw new DirectoryInUseException(directory, Owner.read(key));
      }
      HELD.put(key, lock);
      lock.write();
      return lock;
    }
  }

  /// Adds a fact that a second process will be told.
  void announce(String name, String value) throws IOException {
    owner = owner.with(name, value);
    write();
  }

  private void write() throws IOException {
    var bytes = ByteBuffer.wrap(owner.text().getBytes(UTF_8));
    channel.truncate(0);
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (HELD.remove(file, this)) {
        channel.truncate(0);
        channel.close();
      }
    }
  }
}
