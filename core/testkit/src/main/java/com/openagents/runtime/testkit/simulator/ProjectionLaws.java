package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunDocuments.Applied;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.ThreadSummary;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.Recount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What must hold of documents once all is quiet, told from the log alone, one event after the
/// other.
final class ProjectionLaws {

  static final String FENCED = "who has lost the lease writes no document";
  static final String NEVER_BACK = "a sink never goes back";
  static final String REST = "documents and sinks come to rest";
  static final String TOLD = "what is kept is what the log tells";
  static final String SHOWN = "a sink shows what is kept";
  static final String ROWS = "the rows are what the log tells";
  static final String READABLE = "what the log tells of is never removed";

  static final List<String> NAMES = List.of(FENCED, NEVER_BACK, REST, TOLD, SHOWN, ROWS, READABLE);

  private static final int ALL = 1_000;

  private final InMemoryStore store;
  private final Map<String, Document> documents = new TreeMap<>();
  private final Map<String, ReadRow> rows = new TreeMap<>();

  ProjectionLaws(InMemoryStore store) {
    this.store = store;
    Map<String, ThreadSummary> threads = new HashMap<>();
    for (Reach run : store.scan().runs(null, ALL)) {
      RunDocuments told = null;
      for (StoredEvent event :
          store
              .scan()
              .read(List.of(new From(run.runId(), 0)), 10 * ALL, 10 * ALL, Long.MAX_VALUE)) {
        Applied one = RunDocuments.apply(RunProjections.BUILT_IN, told, event);
        told = one.after();
        one.rows().forEach(row -> rows.put(row.id(), row));
        threads.compute(told.subject().threadId().value(), (_, thread) -> one.thread(thread));
      }
      if (told != null) {
        told.documents().forEach(document -> documents.put(document.id(), document));
      }
    }
    threads.values().forEach(t -> documents.put(t.document().id(), t.document()));
  }

  void check(Map<String, SinkWitness> sinks) {
    Map<String, Document> kept = new TreeMap<>();
    for (ProjectionId id : RunProjections.BUILT_IN.ids()) {
      store
          .projections()
          .page(id.name(), "", ALL)
          .forEach(k -> kept.put(k.document().id(), k.document()));
    }
    equal(TOLD, kept, documents);
    Map<String, ReadRow> written = new TreeMap<>();
    store.projections().rows().forEach(row -> written.put(row.id(), row));
    equal(ROWS, written, rows);
    Comparison comparison =
        new Comparison(
            new Recount(store.scan(), RunProjections.BUILT_IN),
            store.projections(),
            store.changes());
    equal(TOLD, comparison.of(store.scan().runs(null, ALL)), List.of());
    sinks.values().forEach(sink -> shown(sink, kept));
  }

  private void shown(SinkWitness sink, Map<String, Document> kept) {
    Map<String, Digest> shown = new TreeMap<>();
    for (ProjectionId id : RunProjections.BUILT_IN.ids()) {
      for (Shown one : sink.page(id.name(), "", ALL)) {
        shown.put("runtime/" + id.name() + ":" + one.entityId(), one.shown());
      }
    }
    Map<String, Digest> expected = new TreeMap<>();
    kept.forEach((id, document) -> expected.put(id, document.hash()));
    equal(SHOWN, shown, expected);
    for (ProjectionId id : RunProjections.BUILT_IN.ids()) {
      equal(SHOWN, Digests.of(sink, id.name()), Digests.of(store.projections(), id.name()));
    }
  }

  private static void equal(String law, Map<String, ?> is, Map<String, ?> must) {
    List<String> differences = new ArrayList<>();
    must.forEach((id, value) -> {
      if (!value.equals(is.get(id))) {
        differences.add("%s is %s and must be %s".formatted(id, is.get(id), value));
      }
    });
    is.keySet().stream().filter(id -> !must.containsKey(id)).forEach(differences::add);
    equal(law, differences, List.of());
  }

  private static void equal(String law, Object is, Object must) {
    if (!is.equals(must)) {
      throw new Defect(law, "%s, not %s".formatted(is, must), null);
    }
  }
}
