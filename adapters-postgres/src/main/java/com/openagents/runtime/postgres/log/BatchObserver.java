package com.openagents.runtime.postgres.log;

import java.time.Duration;

/// Is told of every batch that a [Committer] wrote, for metrics. Must not block. What it throws is
/// logged and harms no write.
@FunctionalInterface
public interface BatchObserver {

  /// @param writes how many callers' writes were in the batch
  /// @param took from the taking of a connection to the answer
  void written(int writes, Duration took);
}
