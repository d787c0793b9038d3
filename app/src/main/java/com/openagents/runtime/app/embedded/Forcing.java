package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Forces many files to the disk while their writer goes on. For one thread; to close it waits for
/// what has begun.
final class Forcing implements AutoCloseable {

  private static final int AT_A_TIME = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private final List<Future<?>> begun = new ArrayList<>();

  /// @param file written and closed; may be written to by its owner
  void begin(Path file) {
    begun.add(
        threads.submit(() -> {
          Durable.force(file);
          return file;
        }));
  }

  /// Returns when the disk has every file.
  ///
  /// @throws IOException when it does not have one
  void await() throws IOException {
    try {
      for (Future<?> one : begun) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a file could not be forced to the disk", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while files were forced to the disk", e);
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
