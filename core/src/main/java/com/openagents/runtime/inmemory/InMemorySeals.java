package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Seals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The first seal of each run, and what aged out of it. Thread-safe.
final class InMemorySeals implements Seals {

  private final Map<RunId, Seal> first = new ConcurrentHashMap<>();
  private final Tables tables;

  InMemorySeals(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void save(Map<RunId, Seal> seals) {
    seals.forEach(first::putIfAbsent);
  }

  @Override
  public Optional<Seal> find(RunId runId) {
    return Optional.ofNullable(first.get(runId));
  }

  @Override
  public List<AgedRange> aged(RunId runId) {
    return tables.exclusively(
        t -> t.run(runId).map(run -> List.copyOf(run.aged())).orElse(List.of()));
  }

  @Override
  public Set<String> keys() {
    Stream<String> ofAged =
        tables
            .exclusively(t ->
                t.runs().stream()
                    .flatMap(run -> run.aged().stream())
                    .map(AgedRange::keyId)
                    .toList())
            .stream();
    return Stream.concat(first.values().stream().map(Seal::keyId), ofAged)
        .collect(Collectors.toUnmodifiableSet());
  }
}
