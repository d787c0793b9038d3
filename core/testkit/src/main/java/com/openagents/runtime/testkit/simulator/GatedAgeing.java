package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Ageing;
import java.time.Duration;
import java.util.List;

/// Ageing as a node reaches it.
record GatedAgeing(Gate gate, Ageing ageing) implements Ageing {

  @Override
  public List<RunId> due(Duration window, int limit) {
    return gate.store(
        () -> "due to age",
        () -> ageing.due(window, limit),
        runs -> runs.stream().map(GatedLog::shown).toList().toString());
  }

  @Override
  public boolean note(Look look) {
    return gate.store(
        () ->
            "note %d ranges of %s, floor from %d to %d"
                .formatted(
                    look.ranges().size(), GatedLog.shown(look.runId()), look.found(), look.floor()),
        () -> ageing.note(look),
        noted -> noted ? "noted" : "not noted");
  }

  @Override
  public int remove(int limit) {
    return gate.store(
        () -> "remove " + limit, () -> ageing.remove(limit), gone -> gone + " are gone");
  }
}
