package com.openagents.runtime.projection;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.Principal.Guest;
import com.openagents.runtime.identity.Principal.User;

/// The fields that every document has, whatever it is about.
final class DocumentBody {

  private DocumentBody() {}

  static Json.Builder begin(ProjectionId projection, Entity entity, long seq, Principal owner) {
    Json.Builder body =
        Json.object()
            .put("documentId", Document.id(projection.name(), entity))
            .put("kind", projection.name())
            .put("projectionVersion", projection.version())
            .put(
                "runtimeSource",
                Json.object()
                    .put("entity", entity.kind())
                    .put("id", entity.id())
                    .put("seq", seq)
                    .build())
            .put("owner", owner.key());
    return switch (owner) {
      case User(long id) -> body.put("ownerUserId", id);
      case Guest(String scope) -> body.put("ownerGuestScope", scope);
    };
  }
}
