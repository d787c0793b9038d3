package com.openagents.runtime.convex;

import com.openagents.runtime.convex.ConvexValue.Arr;
import com.openagents.runtime.convex.ConvexValue.Bool;
import com.openagents.runtime.convex.ConvexValue.Bytes;
import com.openagents.runtime.convex.ConvexValue.Float64;
import com.openagents.runtime.convex.ConvexValue.Int64;
import com.openagents.runtime.convex.ConvexValue.Null;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What Convex takes as a document. It refuses a whole batch for one that it does not take, so each
/// is looked at before it is sent.
final class DocumentLimits {

  /// The backend's bound is 1 MiB, with what guards the document and its id.
  static final int BYTES_MAX = (1 << 20) - 1024;

  static final int DEPTH_MAX = 16;
  static final int FIELDS_MAX = 1024;
  static final int ITEMS_MAX = 8192;

  private static final Pattern NAME = Pattern.compile("(?!\\$)[\\x20-\\x7e]{1,1024}");

  private DocumentLimits() {}

  /// Why the document would be refused; empty when it would be taken.
  static Optional<String> refusal(Obj document) {
    if (document.fields().keySet().stream().anyMatch(name -> name.startsWith("_"))) {
      return Optional.of("a field of a document begins with _");
    }
    return form(document, 1).or(() -> tooLarge(size(document)));
  }

  private static Optional<String> tooLarge(long bytes) {
    return bytes > BYTES_MAX
        ? Optional.of("the document has " + bytes + " bytes, of " + BYTES_MAX + " at most")
        : Optional.empty();
  }

  private static Optional<String> form(ConvexValue value, int depth) {
    if (depth > DEPTH_MAX) {
      return Optional.of("values are more than " + DEPTH_MAX + " deep");
    }
    return switch (value) {
      case Obj object -> object(object, depth);
      case Arr(var items) when items.size() > ITEMS_MAX ->
          Optional.of("an array has " + items.size() + " items, of " + ITEMS_MAX + " at most");
      case Arr(var items) ->
          items.stream().flatMap(item -> form(item, depth + 1).stream()).findFirst();
      case Null(), Bool _, Int64 _, Float64 _, Str _, Bytes _ -> Optional.empty();
    };
  }

  private static Optional<String> object(Obj object, int depth) {
    Map<String, ConvexValue> fields = object.fields();
    if (fields.size() > FIELDS_MAX) {
      return Optional.of(
          "an object has " + fields.size() + " fields, of " + FIELDS_MAX + " at most");
    }
    if (!fields.keySet().stream().allMatch(name -> NAME.matcher(name).matches())) {
      return Optional.of("a field's name is empty, begins with $, is too long or is not ASCII");
    }
    return fields.values().stream().flatMap(field -> form(field, depth + 1).stream()).findFirst();
  }

  /// The size by which Convex counts.
  static long size(ConvexValue value) {
    return switch (value) {
      case Null(), Bool _ -> 1;
      case Int64 _, Float64 _ -> 9;
      case Str(String text) -> 2L + utf8(text);
      case Bytes(var bytes) -> 2L + bytes.size();
      case Arr(var items) -> 2 + items.stream().mapToLong(DocumentLimits::size).sum();
      case Obj(var fields) ->
          2
              + fields.entrySet().stream()
                  .mapToLong(f -> utf8(f.getKey()) + 1L + size(f.getValue()))
                  .sum();
    };
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
