package com.openagents.runtime.testkit.projection;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunDocuments.Applied;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.RunSubject;
import com.openagents.runtime.projection.ThreadSummary;
import com.openagents.runtime.testkit.Drafts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Documents in the form that projections give them, for suites to keep and to deliver.
final class DocumentDrafts {

  static final String RUNS = "run_summary";
  static final String TIMELINES = "timeline_slice";
  static final String THREADS = "thread_summary";

  /// Text that is awkward to store.
  static final String AWKWARD = "\u2028 \"\\ ı 𝄞 {}";

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

  private DocumentDrafts() {}

  static RunId id(int run) {
    return Drafts.runId(run);
  }

  static String key(int run) {
    return id(run).toString();
  }

  /// The summary of a run at a sequence.
  static Document run(int run, long seq) {
    return run(run, seq, 1, "run.created");
  }

  /// @param latest what is said to have happened last: tells texts of one sequence apart
  static Document run(int run, long seq, int version, String latest) {
    Document plain = told(run).after().documents().getFirst();
    return formed(plain, seq, version, Map.of("latestEventType", Json.of(latest)));
  }

  /// The timeline of a run at a sequence.
  static Document timeline(int run, long seq) {
    return formed(told(run).after().documents().get(1), seq, 1, Map.of());
  }

  /// The rows that the first event of a run gives.
  static List<ReadRow> rows(int run) {
    return told(run).rows();
  }

  static ReadRow.Step step(int run, long seq, String type) {
    return new ReadRow.Step(subject(run), seq, AT, type);
  }

  static ReadRow.Message message(int run, long seq, String text) {
    return new ReadRow.Message(subject(run), seq, AT, "user", text, false);
  }

  private static RunSubject subject(int run) {
    return told(run).after().subject();
  }

  static Document thread(String thread, long seq) {
    SortedMap<String, Long> counts = new TreeMap<>(Map.of("created", 1L));
    var latest = new ThreadSummary.Latest(id(1), AT, "created");
    return new ThreadSummary(new ThreadId(thread), Drafts.OWNER, seq, counts, latest, AT, AT)
        .document();
  }

  private static Applied told(int run) {
    EventType type = EventType.RUN_CREATED;
    String payload = EventCodec.payload(Drafts.start(id(run)).events().getFirst());
    return RunDocuments.apply(
        RunProjections.BUILT_IN,
        null,
        new StoredEvent(id(run), 1, type.wireName(), type.version(), payload, AT, null, null));
  }

  private static Document formed(
      Document plain, long seq, int version, Map<String, ? extends Json> others) {
    Map<String, Json> fields = new LinkedHashMap<>(plain.body().fields());
    Entity entity = plain.entity();
    fields.put("projectionVersion", Json.of(version));
    fields.put(
        "runtimeSource",
        Json.object().put("entity", entity.kind()).put("id", entity.id()).put("seq", seq).build());
    fields.putAll(others);
    return Document.of(
        new ProjectionId(plain.projection().name(), version),
        entity,
        seq,
        plain.owner(),
        new Json.Obj(fields));
  }
}
