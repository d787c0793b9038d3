package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Seals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The seals as a node reaches them.
record GatedSeals(Gate gate, Seals seals) implements Seals {

  @Override
  public void save(Map<RunId, Seal> made) {
    gate.store(
        () -> "save seals " + made.keySet().stream().map(GatedLog::shown).sorted().toList(),
        () -> {
          seals.save(made);
          return "saved";
        },
        saved -> saved);
  }

  @Override
  public Optional<Seal> find(RunId runId) {
    return gate.store(
        () -> "find seal " + GatedLog.shown(runId),
        () -> seals.find(runId),
        found -> found.map(seal -> "through " + seal.throughSeq()).orElse("none"));
  }

  @Override
  public List<AgedRange> aged(RunId runId) {
    return gate.store(
        () -> "aged of " + GatedLog.shown(runId),
        () -> seals.aged(runId),
        ranges -> ranges.size() + " ranges");
  }

  @Override
  public Set<String> keys() {
    return gate.store(() -> "seal keys", seals::keys, Set::toString);
  }
}
