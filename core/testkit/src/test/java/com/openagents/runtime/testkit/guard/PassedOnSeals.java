package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Seals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Honest but for what a plant overrides.
class PassedOnSeals implements Seals {

  final Seals honest;

  PassedOnSeals(Seals honest) {
    this.honest = honest;
  }

  @Override
  public void save(Map<RunId, Seal> seals) {
    honest.save(seals);
  }

  @Override
  public Optional<Seal> find(RunId runId) {
    return honest.find(runId);
  }

  @Override
  public List<AgedRange> aged(RunId runId) {
    return honest.aged(runId);
  }

  @Override
  public Set<String> keys() {
    return honest.keys();
  }
}
