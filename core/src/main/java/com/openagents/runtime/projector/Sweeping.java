package com.openagents.runtime.projector;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkBook.Older;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/// Removes from one sink what it shows of generations before and of which nothing is kept, one
/// projection after the other, whatever else is due. Not thread-safe; throws what the sink and the
/// store throw.
///
/// It waits until what is kept has replaced what the sink has of it. A parked document stays there
/// in the form that was taken: while there is one, the rest is looked through and removed by name.
final class Sweeping {

  private static final int PAGE = 100;

  private final ProjectionSink sink;
  private final ProjectionStore store;
  private final SinkBook book;
  private final Map<String, Long> swept = new HashMap<>();
  private final Map<String, Unknown> unknown = new HashMap<>();

  /// How far the pages of a projection were looked through.
  private final Map<String, String> looked = new HashMap<>();

  /// What was not known to be there or not, when all documents were of a generation.
  ///
  /// @param until since when the sink is to have the last of it
  private record Unknown(long generation, Instant until) {}

  /// The way of changes into the sink.
  @FunctionalInterface
  interface Sending {
    List<Outcome> send(String projection, long generation, List<Change> changes);
  }

  Sweeping(ProjectionSink sink, ProjectionStore store, SinkBook book) {
    this.sink = sink;
    this.store = store;
    this.book = book;
  }

  /// Looks at everything again, because the sink may have been changed.
  void anew() {
    swept.clear();
    unknown.clear();
    looked.clear();
  }

  /// Removes some of it.
  ///
  /// @param whole the generations of projections none of whose documents is of an older one
  /// @param begins whether the sink is in a generation of a projection
  void step(
      long epoch, Map<String, Long> whole, BiPredicate<String, Long> begins, Sending sending) {
    unknown.keySet().retainAll(whole.keySet());
    looked.keySet().retainAll(whole.keySet());
    whole.forEach((projection, generation) -> {
      if (generation.equals(swept.get(projection))) {
        return;
      }
      Older older = older(projection, generation);
      if (older == Older.DUE || !begins.test(projection, generation)) {
        return;
      }
      boolean nothingLeft =
          older == Older.PARKED
              ? look(projection, generation, sending)
              : sink.sweep(epoch, projection, generation) == 0;
      if (nothingLeft) {
        swept.put(projection, generation);
      }
    });
  }

  /// What the sink has of a document that it was given nothing of is not known: it may be of a past
  /// that is forgotten here. What becomes due once all are of one generation is new.
  private Older older(String projection, long generation) {
    Unknown known = unknown.get(projection);
    if (known == null || known.generation() != generation) {
      Instant until = book.unknownUntil(sink.name(), projection).orElse(Instant.EPOCH);
      known = new Unknown(generation, until);
      unknown.put(projection, known);
      looked.remove(projection);
    }
    return book.older(sink.name(), projection, known.until());
  }

  /// @return whether everything was looked through
  private boolean look(String projection, long generation, Sending sending) {
    List<Shown> page = sink.page(projection, looked.getOrDefault(projection, ""), PAGE);
    List<Change> gone =
        page.stream()
            .filter(shown -> shown.there().generation() < generation)
            .filter(shown -> store.find(projection, shown.entityId()).isEmpty())
            .map(shown -> gone(shown, generation))
            .toList();
    if (!gone.isEmpty()
        && sending.send(projection, generation, gone).stream()
            .anyMatch(outcome -> outcome.kind() == Outcome.Kind.LATER)) {
      return false;
    }
    if (!page.isEmpty()) {
      looked.put(projection, page.getLast().entityId());
    }
    return page.size() < PAGE;
  }

  /// The mark that stays is below every document of the generation, so that one about the same
  /// entity may come. Sinks name documents by the ids of their entities alone.
  private static Change gone(Shown shown, long generation) {
    Checkpoint there = shown.there();
    return new Change.Delete(
        new Entity("", shown.entityId()),
        new Checkpoint(generation, 0, there.version(), there.hash()));
  }
}
