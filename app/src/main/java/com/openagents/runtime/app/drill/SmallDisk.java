package com.openagents.runtime.app.drill;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file system of its own, in memory, that can be filled to the last byte. Needs root on Linux.
final class SmallDisk implements AutoCloseable {

  private static final String SIZE = "2g";
  private static final int PIECE_BYTES = 1 << 20;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /// Mounts one at a folder, which is created; empty where the system does not allow it.
  static Optional<SmallDisk> mount(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    if (new UnixSystem().getUid() != 0) {
      return Optional.empty();
    }
    boolean mounted =
        done("mount", "-t", "tmpfs", "-o", "mode=0711,size=" + SIZE, "tmpfs", folder.toString());
    return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
  }

  private static boolean done(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /// Takes all the room that is left.
  void fill() throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      for (int size = PIECE_BYTES; size > 0; ) {
        size = written(out, piece, size) ? size : size / 2;
      }
    }
  }

  private static boolean written(OutputStream out, byte[] piece, int size) {
    try {
      out.write(piece, 0, size);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  /// Gives the room back.
  void clear() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  @Override
  public void close() {
    try {
      if (!done("umount", folder.toString())) {
        throw new IllegalStateException(folder + " stays mounted: umount it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
