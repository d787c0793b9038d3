package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Checkpoints;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The newest saved fold of each run. Thread-safe.
final class InMemoryCheckpoints implements Checkpoints {

  private final Map<RunId, Checkpoint> newest = new ConcurrentHashMap<>();

  @Override
  public void save(RunId runId, Checkpoint checkpoint) {
    newest.merge(
        runId,
        checkpoint,
        (kept, offered) -> offered.throughSeq() < kept.throughSeq() ? kept : offered);
  }

  @Override
  public Optional<Checkpoint> latest(RunId runId) {
    return Optional.ofNullable(newest.get(runId));
  }
}
