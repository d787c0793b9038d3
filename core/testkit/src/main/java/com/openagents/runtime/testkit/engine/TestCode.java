package com.openagents.runtime.testkit.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs what a test wrote for the model to do. What that throws ends the node, or the runtime would
/// take it for a model that failed, and is kept for the test.
final class TestCode {

  private @Nullable RuntimeException exception;
  private @Nullable Error error;

  void run(Runnable code) {
    call(() -> {
      code.run();
      return true;
    });
  }

  <T> T call(Supplier<T> code) {
    try {
      return code.get();
    } catch (NodeDown e) {
      throw e;
    } catch (RuntimeException e) {
      exception = e;
    } catch (Error e) {
      error = e;
    }
    throw new NodeDown();
  }

  /// Throws what test code threw since the last time.
  void rethrow() {
    RuntimeException unexpected = exception;
    Error failed = error;
    exception = null;
    error = null;
    if (unexpected != null) {
      throw unexpected;
    }
    if (failed != null) {
      throw failed;
    }
  }
}
