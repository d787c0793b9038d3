package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// A log that asks an honest one, for a bug to be put in between.
class SpoiledLog implements EventLog {

  final EventLog honest;

  SpoiledLog(EventLog honest) {
    this.honest = honest;
  }

  /// A bug that changes what is written.
  static UnaryOperator<EventLog> writing(UnaryOperator<Append> bug) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          Appended write(Append write) {
            return honest.append(bug.apply(write));
          }
        };
  }

  /// A bug that changes how a batch is taken.
  static UnaryOperator<EventLog> batching(BiFunction<EventLog, List<Append>, List<Appended>> bug) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          public List<Appended> append(List<Append> batch) {
            return bug.apply(honest, batch);
          }
        };
  }

  /// A bug that changes what is read.
  static UnaryOperator<EventLog> reading(UnaryOperator<StoredEvent> bug) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          public List<StoredEvent> read(RunId runId, long after, int limit) {
            return honest.read(runId, after, limit).stream().map(bug).toList();
          }
        };
  }

  /// Writes one at a time; what a bug changes, mostly.
  Appended write(Append write) {
    return honest.append(write);
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    List<Appended> outcomes = new ArrayList<>();
    batch.forEach(write -> outcomes.add(write(write)));
    return outcomes;
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return honest.read(runId, after, limit);
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return honest.readDurable(runId, after, limit);
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return honest.head(runId);
  }
}
