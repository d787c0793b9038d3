package com.openagents.runtime.convex;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.convex.Batches.Target;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink.Change.Upsert;
import java.util.List;
import java.util.Map;

/// A document as one line of an import. Its numbers are doubles to Convex, so integers stand in
/// decimal, and the functions read them back.
final class ImportLine {

  private ImportLine() {}

  static String of(Target target, Upsert upsert) {
    Document document = upsert.document();
    Json.Builder body = Json.object();
    document.body().fields().forEach((name, value) -> body.put(name, decimal(value)));
    body.put("projectedAt", Timestamps.write(upsert.projectedAt()));
    return CanonicalJson.write(
        Json.object()
            .put("stream", target.stream())
            .put("documentId", document.id())
            .put("seq", Long.toString(document.seq()))
            .put("version", Integer.toString(document.projection().version()))
            .put("generation", Long.toString(target.generation()))
            .put("hash", document.hash().toString())
            .put("document", body.build())
            .build());
  }

  private static Json decimal(Json json) {
    return switch (json) {
      case Json.Num(double n) -> Json.of(Long.toString((long) n));
      case Json.Arr(List<Json> items) ->
          Json.array(items.stream().map(ImportLine::decimal).toList());
      case Json.Obj(Map<String, Json> fields) -> {
        Json.Builder object = Json.object();
        fields.forEach((name, value) -> object.put(name, decimal(value)));
        yield object.build();
      }
      case Json.Null() -> json;
      case Json.Bool _ -> json;
      case Json.Str _ -> json;
    };
  }
}
