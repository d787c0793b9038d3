package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Ageing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Stands before the store and remembers what was noted in it for ageing.
final class AgeingWitness implements Ageing {

  private final Ageing store;
  private final Supplier<Instant> latest;
  private final ToLongFunction<RunId> lastSeq;
  private final List<Noted> notes = new ArrayList<>();

  /// @param latest the latest that the store's clock ever was
  /// @param lastSeq where the log of a run ends
  AgeingWitness(Ageing store, Supplier<Instant> latest, ToLongFunction<RunId> lastSeq) {
    this.store = store;
    this.latest = latest;
    this.lastSeq = lastSeq;
  }

  /// @param latest the latest that the store's clock had ever been when it was noted
  /// @param lastSeq where the log ended then
  record Noted(Look look, Instant latest, long lastSeq) {}

  List<Noted> notesOf(RunId runId) {
    return notes.stream()
        .filter(noted -> noted.look().runId().equals(runId) && !noted.look().ranges().isEmpty())
        .toList();
  }

  @Override
  public List<RunId> due(Duration window, int limit) {
    return store.due(window, limit);
  }

  @Override
  public boolean note(Look look) {
    boolean noted = store.note(look);
    if (noted) {
      notes.add(new Noted(look, latest.get(), lastSeq.applyAsLong(look.runId())));
    }
    return noted;
  }

  @Override
  public int remove(int limit) {
    return store.remove(limit);
  }
}
