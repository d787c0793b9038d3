package com.openagents.runtime.projection;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.identity.Principal;

/// What a projection says of one entity.
///
/// The body holds its id, kind, source and version as well, so it can stand alone. When it was
/// projected is no part of it: the same events give the same text and hash whenever and wherever
/// they are folded.
///
/// @param seq where in the entity's history the document stands; grows with every change of it
/// @param owner who may see it
/// @param text the body as canonical JSON
/// @param hash of the text
public record Document(
    ProjectionId projection, Entity entity, long seq, Principal owner, String text, Digest hash) {

  /// @param body whole, as [DocumentBody] writes it
  public static Document of(
      ProjectionId projection, Entity entity, long seq, Principal owner, Json.Obj body) {
    return kept(projection, entity, seq, owner, CanonicalJson.write(body));
  }

  /// A document whose text was kept.
  public static Document kept(
      ProjectionId projection, Entity entity, long seq, Principal owner, String text) {
    return new Document(projection, entity, seq, owner, text, Digest.ofText(text));
  }

  /// The name under which sinks keep it: `runtime/run_summary:<run id>`.
  public static String id(String projection, Entity entity) {
    return "runtime/" + projection + ":" + entity.id();
  }

  public String id() {
    return id(projection.name(), entity);
  }

  /// @throws com.openagents.runtime.canon.JsonRefused when a kept text is damaged
  public Json.Obj body() {
    return JsonReader.readObject(text, JsonLimits.STORED);
  }
}
