package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Seals;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The first seal of each run. Thread-safe.
final class InMemorySeals implements Seals {

  private final Map<RunId, Seal> first = new ConcurrentHashMap<>();

  @Override
  public void save(RunId runId, Seal seal) {
    first.putIfAbsent(runId, seal);
  }

  @Override
  public Optional<Seal> find(RunId runId) {
    return Optional.ofNullable(first.get(runId));
  }

  @Override
  public Set<String> keys() {
    return first.values().stream().map(Seal::keyId).collect(Collectors.toUnmodifiableSet());
  }
}
