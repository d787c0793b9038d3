package com.openagents.runtime.convex;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.testkit.SinkFixture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The sink in front of the real functions.
record FacadeSinkFixture(Facade facade, ProjectionSink sink) implements SinkFixture {

  private static final Map<String, String> TABLES =
      Map.of(
          "run_summary", "runSummaries",
          "thread_summary", "threadSummaries",
          "timeline_slice", "timelineSlices");

  @Override
  public boolean change(String projection, String entityId) {
    facade.order(
        "tamper",
        Json.object()
            .put("table", TABLES.get(projection))
            .put("documentId", "runtime/" + projection + ":" + entityId)
            .put("set", Json.object().put("updatedAt", "2020-01-01T00:00:00.000000Z").build()));
    return true;
  }

  @Override
  public Optional<Document> refused(Document document) {
    Map<String, Json> fields = new LinkedHashMap<>(document.body().fields());
    fields.put("more", Json.of("than the schema has"));
    return Optional.of(
        Document.of(
            document.projection(),
            document.entity(),
            document.seq(),
            document.owner(),
            new Json.Obj(fields)));
  }

  @Override
  public void close() {}
}
