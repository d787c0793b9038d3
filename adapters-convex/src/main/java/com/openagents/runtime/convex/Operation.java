package com.openagents.runtime.convex;

import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink.Change;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One change on its way to a deployment.
///
/// @param index among the changes that were asked for
/// @param text as it is sent
/// @param bytes of the text
/// @param refusal why it cannot be sent; empty when it can
record Operation(int index, String text, int bytes, Optional<String> refusal) {

  static Operation of(int index, String projection, Change change) {
    return switch (change) {
      case Change.Upsert(var document, var projectedAt) -> {
        Obj body = ConvexDocuments.of(document, projectedAt);
        Obj operation =
            place("upsert", document.id(), document.seq(), document.projection().version())
                .with("hash", document.hash().toString())
                .with("document", body);
        yield written(index, operation, DocumentLimits.refusal(body));
      }
      case Change.Delete(var entity, var there) -> {
        String id = Document.id(projection, entity);
        yield written(index, place("delete", id, there.seq(), there.version()), Optional.empty());
      }
    };
  }

  private static Obj place(String kind, String documentId, long seq, int version) {
    return ConvexValue.EMPTY
        .with("kind", new Str(kind))
        .with("documentId", documentId)
        .with("seq", seq)
        .with("version", version);
  }

  private static Operation written(int index, Obj operation, Optional<String> refusal) {
    String text = refusal.isPresent() ? "" : ConvexJson.write(operation);
    return new Operation(index, text, text.getBytes(StandardCharsets.UTF_8).length, refusal);
  }
}
