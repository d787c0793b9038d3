package com.openagents.runtime.projector;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Finds documents beside the log about runs and threads that no log knows. Those about others are
/// found where their runs are compared. Thread-safe; may throw
/// [com.openagents.runtime.log.StoreUnavailable].
final class Strays {

  private static final long CHARACTERS = 4 << 20;

  private final LogScan scan;

  Strays(LogScan scan) {
    this.scan = scan;
  }

  /// @param kept at most 1,000
  List<Difference> among(List<KeptDocument> kept) {
    Set<Entity> known = new HashSet<>();
    logged(named(kept, Entity.RUN, RunId::parse)).forEach(run -> known.add(Entity.of(run)));
    scan.runsOf(named(kept, Entity.THREAD, ThreadId::new))
        .keySet()
        .forEach(thread -> known.add(Entity.of(thread)));
    return kept.stream()
        .filter(one -> !known.contains(one.document().entity()))
        .map(KeptDifferences::orphan)
        .toList();
  }

  private static <I> List<I> named(
      List<KeptDocument> kept, String kind, Function<String, I> parsed) {
    return kept.stream()
        .map(one -> one.document().entity())
        .filter(entity -> entity.kind().equals(kind))
        .flatMap(entity -> ifAny(entity.id(), parsed).stream())
        .distinct()
        .toList();
  }

  private static <I> Optional<I> ifAny(String id, Function<String, I> parsed) {
    try {
      return Optional.of(parsed.apply(id));
    } catch (IllegalArgumentException nobody) {
      return Optional.empty();
    }
  }

  /// Which runs have logs. A look that ends early, by what first events say, is followed by others.
  private Set<RunId> logged(List<RunId> runs) {
    Set<RunId> logged = new HashSet<>();
    List<RunId> left = runs;
    while (!left.isEmpty()) {
      List<RunId> found =
          scan
              .read(left.stream().map(run -> new From(run, 0)).toList(), 1, left.size(), CHARACTERS)
              .stream()
              .map(StoredEvent::runId)
              .toList();
      logged.addAll(found);
      left =
          found.isEmpty()
              ? List.of()
              : left.subList(left.indexOf(found.getLast()) + 1, left.size());
    }
    return logged;
  }
}
