package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.law.WitnessedWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Stands beside the store and remembers every write that it applied, in order.
final class Witness implements EventLog {

  private final EventLog store;
  private final List<WitnessedWrite> writes = new ArrayList<>();

  Witness(EventLog store) {
    this.store = store;
  }

  List<WitnessedWrite> writesOf(RunId runId) {
    return writes.stream().filter(write -> write.append().runId().equals(runId)).toList();
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    List<Appended> outcomes = store.append(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (outcomes.get(i) instanceof Appended.Written written) {
        writes.add(new WitnessedWrite(batch.get(i), written));
      }
    }
    return outcomes;
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return store.read(runId, after, limit);
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return store.readDurable(runId, after, limit);
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return store.head(runId);
  }
}
