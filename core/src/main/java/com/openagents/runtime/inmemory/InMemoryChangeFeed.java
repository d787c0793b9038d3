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
    long seen = Long.parseLong(position.token());
    return tables.exclusively(t -> {
      List<Change> changes =
          t.changedSince(seen).stream()
              .map(run -> new Change(run.head().runId(), run.head().lastSeq()))
              .toList();
      return new Changes(changes, position(t));
    });
  }

  private static Position position(Tables tables) {
    return new Position(Long.toString(tables.lastCommit()));
  }
}
