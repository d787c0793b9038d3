package com.openagents.runtime.convex;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.convex.ConvexValue.Arr;
import com.openagents.runtime.convex.ConvexValue.Bool;
import com.openagents.runtime.convex.ConvexValue.Bytes;
import com.openagents.runtime.convex.ConvexValue.Float64;
import com.openagents.runtime.convex.ConvexValue.Int64;
import com.openagents.runtime.convex.ConvexValue.Null;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Documents as Convex keeps them: their integers are 64-bit integers, and when they were projected
/// stands beside the other fields.
final class ConvexDocuments {

  private static final String PROJECTED_AT = "projectedAt";

  private ConvexDocuments() {}

  static Obj of(Document document, Instant projectedAt) {
    return value(document.body()).with(PROJECTED_AT, text(projectedAt));
  }

  private static String text(Instant time) {
    return Timestamps.write(time);
  }

  private static Obj value(Json.Obj body) {
    Map<String, ConvexValue> fields = new LinkedHashMap<>();
    body.fields().forEach((name, json) -> fields.put(name, value(json)));
    return new Obj(fields);
  }

  private static ConvexValue value(Json json) {
    return switch (json) {
      case Json.Null() -> ConvexValue.NULL;
      case Json.Bool(boolean b) -> new Bool(b);
      case Json.Num(double d) when d == Math.rint(d) && Math.abs(d) <= Json.Num.INTEGER_MAX ->
          new Int64((long) d);
      case Json.Num(double d) -> new Float64(d);
      case Json.Str(String s) -> new Str(s);
      case Json.Arr(List<Json> items) ->
          new Arr(items.stream().map(ConvexDocuments::value).toList());
      case Json.Obj object -> value(object);
    };
  }

  /// Reads back what a deployment shows of a document.
  ///
  /// @param stored as the writer's functions tell of it
  /// @throws IllegalArgumentException when they tell something else
  static Shown shown(String prefix, Obj stored) {
    if (!(stored.get("documentId") instanceof Str(String id) && id.startsWith(prefix))
        || !(stored.get("seq") instanceof Int64(long seq))
        || !(stored.get("version") instanceof Int64(long version))
        || !(stored.get("generation") instanceof Int64(long generation))
        || !(stored.get("hash") instanceof Str(String hash))
        || !(stored.get("document") instanceof Obj document)) {
      throw new IllegalArgumentException("this is no stored document");
    }
    Checkpoint there = new Checkpoint(generation, seq, Math.toIntExact(version), digest(hash));
    return new Shown(id.substring(prefix.length()), there, digest(document));
  }

  /// Of a text that is no digest, another one: it differs from every one that was sent.
  private static Digest digest(String hash) {
    try {
      return Digest.parse(hash);
    } catch (IllegalArgumentException e) {
      return Digest.ofText(hash);
    }
  }

  /// The hash that the document would have, were it ours.
  private static Digest digest(Obj document) {
    Map<String, ConvexValue> fields = new LinkedHashMap<>(document.fields());
    fields.remove(PROJECTED_AT);
    Obj body = new Obj(fields);
    try {
      return Digest.ofText(CanonicalJson.write(json(body)));
    } catch (IllegalArgumentException e) {
      return Digest.ofText(ConvexJson.write(body));
    }
  }

  private static Json json(ConvexValue value) {
    return switch (value) {
      case Null() -> Json.NULL;
      case Bool(boolean b) -> Json.of(b);
      case Int64(long n) when Math.abs((double) n) <= Json.Num.INTEGER_MAX -> Json.of((double) n);
      case Int64(long n) -> throw new IllegalArgumentException("no document has " + n);
      case Float64(double d) -> throw new IllegalArgumentException("no document has " + d);
      case Bytes _ -> throw new IllegalArgumentException("no document has bytes");
      case Str(String text) -> Json.of(text);
      case Arr(List<ConvexValue> items) ->
          Json.array(items.stream().map(ConvexDocuments::json).toList());
      case Obj(Map<String, ConvexValue> fields) -> {
        Json.Builder object = Json.object();
        fields.forEach((name, field) -> object.put(name, json(field)));
        yield object.build();
      }
    };
  }
}
