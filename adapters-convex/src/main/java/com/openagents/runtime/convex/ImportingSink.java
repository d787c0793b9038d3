package com.openagents.runtime.convex;

import com.openagents.runtime.convex.ConvexImport.Imported;
import com.openagents.runtime.convex.ConvexImport.Refusal;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Shows documents in a Convex deployment, large deliveries by import, as after a rebuild.
///
/// What was imported is read back: a document that does not stand there as it was sent is delivered
/// like any other, and gets its outcome from that. An import does not move the stream, so the first
/// document is delivered before it: whoever looks where the stream stands sees that more was given.
public final class ImportingSink implements ProjectionSink {

  /// Documents of one projection from which on a delivery is imported.
  static final int IMPORTED_FROM = 100;

  private static final int READ_AT_ONCE = 100;

  private final ConvexSink sink;
  private final ConvexImport imports;

  public ImportingSink(ConvexSink sink, ConvexImport imports) {
    this.sink = sink;
    this.imports = imports;
  }

  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public Map<String, Standing> open(long epoch) {
    return sink.open(epoch);
  }

  @Override
  public boolean shows(String projection) {
    return sink.shows(projection);
  }

  @Override
  public long position(String projection) {
    return sink.position(projection);
  }

  @Override
  public List<Outcome> deliver(
      long epoch, String projection, long generation, List<Change> changes, Reserving reserving) {
    List<Change.Upsert> upserts =
        changes.stream()
            .filter(Change.Upsert.class::isInstance)
            .map(Change.Upsert.class::cast)
            .toList();
    if (upserts.size() < IMPORTED_FROM) {
      return sink.deliver(epoch, projection, generation, changes, reserving);
    }
    sink.askForAPerson(epoch, projection);
    Change.Upsert first = upserts.getFirst();
    Outcome begun =
        sink.deliver(epoch, projection, generation, List.of(first), reserving).getFirst();
    List<Change.Upsert> rest = upserts.subList(1, upserts.size());
    Imported imported = imports.run(epoch, projection, generation, rest.iterator());
    Map<Change, Outcome> outcomes = settled(projection, generation, rest, imported);
    outcomes.put(first, begun);
    List<Change> left = changes.stream().filter(change -> !outcomes.containsKey(change)).toList();
    if (!left.isEmpty()) {
      List<Outcome> delivered = sink.deliver(epoch, projection, generation, left, reserving);
      for (int i = 0; i < left.size(); i++) {
        outcomes.put(left.get(i), delivered.get(i));
      }
    }
    return changes.stream().map(outcomes::get).toList();
  }

  private Map<Change, Outcome> settled(
      String projection, long generation, List<Change.Upsert> upserts, Imported imported) {
    Map<String, Shown> shown = new HashMap<>();
    for (int from = 0; from < upserts.size(); from += READ_AT_ONCE) {
      List<String> ids =
          upserts.subList(from, Math.min(from + READ_AT_ONCE, upserts.size())).stream()
              .map(upsert -> upsert.document().entity().id())
              .toList();
      sink.read(projection, ids).forEach(one -> shown.put(one.entityId(), one));
    }
    Map<String, String> refused = new HashMap<>();
    for (Refusal refusal : imported.refused()) {
      refused.put(refusal.documentId(), refusal.reason());
    }
    Map<Change, Outcome> outcomes = new HashMap<>();
    for (Change.Upsert upsert : upserts) {
      Document document = upsert.document();
      Shown there = shown.get(document.entity().id());
      String reason = refused.get(document.id());
      if (there != null && there.there().equals(Checkpoint.of(generation, document))) {
        outcomes.put(upsert, Outcome.of(Outcome.Kind.APPLIED));
      } else if (reason != null) {
        outcomes.put(upsert, new Outcome(Outcome.Kind.REFUSED, reason));
      }
    }
    return outcomes;
  }

  @Override
  public long begin(long epoch, String projection, long generation) {
    return sink.begin(epoch, projection, generation);
  }

  @Override
  public int sweep(long epoch, String projection, long generation) {
    return sink.sweep(epoch, projection, generation);
  }

  @Override
  public List<Shown> read(String projection, List<String> ids) {
    return sink.read(projection, ids);
  }

  @Override
  public List<Shown> page(String projection, String after, int limit) {
    return sink.page(projection, after, limit);
  }
}
