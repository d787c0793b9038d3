package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import java.util.Optional;
import java.util.Set;

/// Where a content lies that is too large for an event: what `{"blob": …}` says in its place.
///
/// @param sha256 the digest of the content, and its address
/// @param size of the content in bytes
/// @param mediaType `application/json` or `text/plain`
public record BlobRef(Digest sha256, long size, String mediaType) {

  private static final String FIELD = "blob";
  private static final Set<String> FIELDS = Set.of("sha256", "size", "mediaType");

  /// The claim `{"blob": {"sha256", "size", "mediaType"}}`, which stands for the content.
  public Json.Obj claim() {
    return Json.object().put(FIELD, json()).build();
  }

  /// The reference that a value is the claim of; empty for every other value, also for one that
  /// only looks like a claim.
  public static Optional<BlobRef> claimed(Json value) {
    if (value instanceof Json.Obj claim
        && claim.fields().size() == 1
        && claim.get(FIELD) instanceof Json.Obj reference
        && reference.fields().keySet().equals(FIELDS)) {
      try {
        return Optional.of(Fields.read(reference, FIELD, BlobRef::read));
      } catch (IllegalArgumentException contentOfAClient) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  Json.Obj json() {
    return Json.object()
        .put("sha256", sha256.hex())
        .put("size", size)
        .put("mediaType", mediaType)
        .build();
  }

  static BlobRef read(Fields fields) {
    long size = fields.whole("size");
    if (size < 0) {
      throw new IllegalArgumentException("no content has a size of " + size);
    }
    return new BlobRef(fields.parsed("sha256", Digest::new), size, fields.text("mediaType"));
  }

  /// For a person who would read the content.
  @Override
  public String toString() {
    return "(" + size + " bytes, kept as " + sha256 + ")";
  }
}
