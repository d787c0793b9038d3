package com.openagents.runtime.postgres.log;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.StoreUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A write whose caller waits until somebody has committed it.
final class PendingWrite {

  private final PreparedWrite write;
  private final CompletableFuture<WriteResult> answer = new CompletableFuture<>();

  PendingWrite(PreparedWrite write) {
    this.write = write;
  }

  PreparedWrite write() {
    return write;
  }

  RunId runId() {
    return write.runId();
  }

  void answer(WriteResult result) {
    answer.complete(result);
  }

  void fail(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  /// Blocks the caller.
  ///
  /// @throws StoreUnavailable when it is not known whether the write happened
  /// @throws UnstorableWrite when the write cannot be stored
  Appended await() {
    try {
      return answer.get().outcome();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("interrupted while the write was under way", e);
    } catch (ExecutionException e) {
      throw new StoreUnavailable("the batch of the write failed", e);
    }
  }
}
