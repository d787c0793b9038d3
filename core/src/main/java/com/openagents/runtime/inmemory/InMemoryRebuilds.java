package com.openagents.runtime.inmemory;

import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Progress;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuilds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Rebuilds in memory. Thread-safe.
final class InMemoryRebuilds implements Rebuilds {

  private final ProjectionTables tables;
  private final TreeMap<Long, Rebuild> byNumber = new TreeMap<>();

  InMemoryRebuilds(ProjectionTables tables) {
    this.tables = tables;
  }

  /// Copies what is there.
  ///
  /// @return puts the copy in the place of what is there then
  Runnable backup() {
    return tables.exclusively(_ -> {
      Map<Long, Rebuild> copy = Map.copyOf(byNumber);
      return () ->
          tables.exclusively(t -> {
            byNumber.clear();
            byNumber.putAll(copy);
            return t;
          });
    });
  }

  @Override
  public Rebuild request(Request request) {
    return tables.exclusively(t -> {
      long number = byNumber.isEmpty() ? 1 : byNumber.lastKey() + 1;
      Rebuild rebuild =
          new Rebuild(number, request, Phase.REQUESTED, Progress.NONE, t.now(), t.now());
      byNumber.put(number, rebuild);
      return rebuild;
    });
  }

  @Override
  public Optional<Rebuild> find(long number) {
    return tables.exclusively(_ -> Optional.ofNullable(byNumber.get(number)));
  }

  @Override
  public Optional<Rebuild> unfinished() {
    return tables.exclusively(
        _ -> byNumber.values().stream().filter(r -> !r.phase().ended()).findFirst());
  }

  @Override
  public boolean save(long epoch, Rebuild r) {
    return tables.exclusively(t -> {
      t.check(epoch);
      Rebuild there = byNumber.get(r.number());
      if (there == null || there.phase().ended()) {
        return false;
      }
      byNumber.put(
          r.number(),
          new Rebuild(r.number(), r.request(), r.phase(), r.progress(), r.requestedAt(), t.now()));
      return true;
    });
  }

  @Override
  public boolean cancel(long number) {
    return tables.exclusively(_ -> {
      Rebuild there = byNumber.get(number);
      if (there == null || there.phase().ended()) {
        return false;
      }
      byNumber.put(number, there.in(Phase.CANCELED, there.progress()));
      return true;
    });
  }

  @Override
  public List<Rebuild> recent(int limit) {
    return tables.exclusively(_ -> {
      Map<Long, Rebuild> newest = byNumber.descendingMap();
      return newest.values().stream().limit(limit).toList();
    });
  }
}
