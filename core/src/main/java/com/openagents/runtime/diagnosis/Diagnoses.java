package com.openagents.runtime.diagnosis;

import com.openagents.runtime.event.CorruptEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.run.CorruptLog;
import com.openagents.runtime.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Answers why a run is where it is. Thread-safe; may throw
/// [com.openagents.runtime.log.StoreUnavailable].
public final class Diagnoses {

  private static final Duration ALIVE = Duration.ofMinutes(1);

  private final EventLog log;
  private final Nodes nodes;

  public Diagnoses(EventLog log, Nodes nodes) {
    this.log = log;
    this.nodes = nodes;
  }

  public Optional<Diagnosis> of(RunId runId) {
    return log.head(runId).map(this::of);
  }

  private Diagnosis of(RunHead head) {
    try {
      RunState state = RunStates.read(log, head.runId());
      Ending ending = head.columns().run().ended() ? Ending.read(log, head) : Ending.UNTOLD;
      Instant lately = head.readAt().minus(ALIVE);
      int alive = (int) nodes.list().stream().filter(node -> node.seenAt().isAfter(lately)).count();
      return DiagnosisRules.explain(head, state, ending, alive);
    } catch (CorruptLog | CorruptEvent e) {
      return DiagnosisRules.corrupt(head, String.valueOf(e.getMessage()));
    }
  }
}
