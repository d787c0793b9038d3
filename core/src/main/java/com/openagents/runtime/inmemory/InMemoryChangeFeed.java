package com.openagents.runtime.inmemory;

import com.openagents.runtime.log.ChangeFeed;
import java.util.List;

/// Tells what was committed, by counting commits. Thread-safe.
final class InMemoryChangeFeed implements ChangeFeed {

  private final Tables tables;

  InMemoryChangeFeed(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Position now() {
    return tables.exclusively(InMemoryChangeFeed::position);
  }

  @Override
  public Changes since(Position position) {
    return tables.exclusively(t -> since(t, position, t.lastCommit()));
  }

  /// A commit is a run's only event here, whatever it wrote.
  @Override
  public Changes since(Position position, int events) {
    long until = Long.parseLong(position.token()) + events;
    return tables.exclusively(t -> since(t, position, Math.min(until, t.lastCommit())));
  }

  private static Changes since(Tables tables, Position position, long until) {
    List<Change> changes =
        tables.changedSince(Long.parseLong(position.token()), until).stream()
            .map(run -> new Change(run.head().runId(), run.head().lastSeq()))
            .toList();
    return new Changes(changes, new Position(Long.toString(until)), until < tables.lastCommit());
  }

  private static Position position(Tables tables) {
    return new Position(Long.toString(tables.lastCommit()));
  }
}
