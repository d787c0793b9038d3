package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.law.WitnessedWrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Stands beside the store and remembers every write that it applied, in order, and the pieces of
/// texts that were written, some of which age out.
final class Witness implements EventLog {

  private static final int PAGE = 10_000;

  private final EventLog store;
  private final boolean ages;
  private final List<WitnessedWrite> writes = new ArrayList<>();
  private final Map<RunId, List<StoredEvent>> pieces = new HashMap<>();

  /// @param ages whether pieces age out of the store
  Witness(EventLog store, boolean ages) {
    this.store = store;
    this.ages = ages;
  }

  List<WitnessedWrite> writesOf(RunId runId) {
    return writes.stream().filter(write -> write.append().runId().equals(runId)).toList();
  }

  /// The log of a run, with the pieces that aged out of it.
  List<StoredEvent> whole(RunId runId) {
    List<StoredEvent> left = left(runId);
    Set<Long> there = left.stream().map(StoredEvent::seq).collect(Collectors.toSet());
    long floor = store.head(runId).map(RunHead::floor).orElse(0L);
    Stream<StoredEvent> aged =
        pieces.getOrDefault(runId, List.of()).stream()
            .filter(piece -> piece.seq() <= floor && !there.contains(piece.seq()));
    return Stream.concat(left.stream(), aged)
        .sorted(Comparator.comparingLong(StoredEvent::seq))
        .toList();
  }

  /// What is there of the log of a run.
  List<StoredEvent> left(RunId runId) {
    return store.read(runId, 0, PAGE);
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    List<Appended> outcomes = store.append(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (outcomes.get(i) instanceof Appended.Written written) {
        writes.add(new WitnessedWrite(batch.get(i), written));
        keepPieces(batch.get(i).runId(), written);
      }
    }
    return outcomes;
  }

  private void keepPieces(RunId runId, Appended.Written written) {
    int count = (int) (written.lastSeq() - written.firstSeq() + 1);
    if (ages && count > 0) {
      store.read(runId, written.firstSeq() - 1, count).stream()
          .filter(Witness::mayAge)
          .forEach(piece -> pieces.computeIfAbsent(runId, _ -> new ArrayList<>()).add(piece));
    }
  }

  private static boolean mayAge(StoredEvent event) {
    return EventType.named(event.type()).filter(t -> t.retention() == Retention.DELTA).isPresent();
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
