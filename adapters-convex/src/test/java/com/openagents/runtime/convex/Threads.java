package com.openagents.runtime.convex;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.Principal.User;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink.Change.Upsert;
import com.openagents.runtime.projection.ThreadSummary;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Summaries of threads to deliver.
final class Threads {

  static final String PROJECTION = "thread_summary";

  private static final Instant AT = Instant.parse("2026-11-22T06:00:00.000001Z");
  private static final RunId RUN = RunId.parse("01990000-0000-7000-8000-000000000001");

  private Threads() {}

  static Document document(String id, long seq) {
    return new ThreadSummary(
            new ThreadId(id),
            new User(42),
            seq,
            new TreeMap<>(Map.of("running", 1L)),
            new ThreadSummary.Latest(RUN, AT, "running"),
            AT,
            AT)
        .document();
  }

  static Upsert upsert(String id, long seq) {
    return new Upsert(document(id, seq), AT);
  }

  /// The same with another text in one field.
  static Upsert with(Upsert upsert, String field, String value) {
    Document document = upsert.document();
    Map<String, Json> fields = new LinkedHashMap<>(document.body().fields());
    fields.put(field, Json.of(value));
    Json.Obj body = new Json.Obj(fields);
    return new Upsert(
        Document.of(
            document.projection(), document.entity(), document.seq(), document.owner(), body),
        upsert.projectedAt());
  }
}
