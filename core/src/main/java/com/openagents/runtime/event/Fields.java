package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one JSON object, each by its name and type.
///
/// What is missing, mistyped or left over is refused with its path, by an IllegalArgumentException.
/// An explicit null counts as absent. Not thread-safe.
final class Fields {

  private final Json.Obj object;
  private final String path;
  private int found;

  private Fields(Json.Obj object, String path) {
    this.object = object;
    this.path = path;
  }

  /// Reads all fields of an object.
  ///
  /// @param path what to call the object in a refusal
  static <T> T read(Json.Obj object, String path, Function<Fields, T> reading) {
    Fields fields = new Fields(object, path);
    T read = reading.apply(fields);
    if (fields.found != object.fields().size()) {
      throw new IllegalArgumentException(
          path + " has other fields than it may have: " + object.fields().keySet());
    }
    return read;
  }

  String text(String name) {
    return needed(name, textIfAny(name));
  }

  @Nullable String textIfAny(String name) {
    return switch (find(name)) {
      case null -> null;
      case Json.Str(String text) -> text;
      case Json _ -> throw wrong(name, "is not a string");
    };
  }

  <T> T parsed(String name, Function<String, T> parser) {
    return needed(name, parsedIfAny(name, parser));
  }

  <T> @Nullable T parsedIfAny(String name, Function<String, T> parser) {
    String text = textIfAny(name);
    try {
      return text == null ? null : parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(name, "is wrong: " + e.getMessage());
    }
  }

  Digest digest(String name) {
    return parsed(name, Digest::parse);
  }

  Instant time(String name) {
    return parsed(name, Timestamps::read);
  }

  @Nullable Instant timeIfAny(String name) {
    return parsedIfAny(name, Timestamps::read);
  }

  long whole(String name) {
    return needed(name, wholeIfAny(name));
  }

  @Nullable Long wholeIfAny(String name) {
    return switch (find(name)) {
      case null -> null;
      case Json.Num(double number)
          when number == Math.rint(number) && Math.abs(number) <= Json.Num.INTEGER_MAX ->
          (long) number;
      case Json _ -> throw wrong(name, "is not a whole number");
    };
  }

  int count(String name) {
    long number = whole(name);
    if (number != (int) number) {
      throw wrong(name, "has more than 32 bits");
    }
    return (int) number;
  }

  boolean flag(String name) {
    return switch (value(name)) {
      case Json.Bool(boolean flag) -> flag;
      case Json _ -> throw wrong(name, "is not a boolean");
    };
  }

  /// A free value, for which null is a value like any other.
  Json value(String name) {
    Json value = needed(name, object.get(name));
    found++;
    return value;
  }

  Json.Obj object(String name) {
    return needed(name, objectIfAny(name));
  }

  Json.@Nullable Obj objectIfAny(String name) {
    return switch (find(name)) {
      case null -> null;
      case Json.Obj nested -> nested;
      case Json _ -> throw wrong(name, "is not an object");
    };
  }

  <T> T nested(String name, Function<Fields, T> reading) {
    return needed(name, nestedIfAny(name, reading));
  }

  <T> @Nullable T nestedIfAny(String name, Function<Fields, T> reading) {
    Json.Obj nested = objectIfAny(name);
    return nested == null ? null : read(nested, path + "." + name, reading);
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Json item : items(name)) {
      if (!(item instanceof Json.Str(String text))) {
        throw wrong(name, "is not a list of strings");
      }
      texts.add(text);
    }
    return texts;
  }

  <T> List<T> list(String name, Function<Fields, T> reading) {
    List<T> list = new ArrayList<>();
    for (Json item : items(name)) {
      if (!(item instanceof Json.Obj object)) {
        throw wrong(name, "is not a list of objects");
      }
      list.add(read(object, path + "." + name + "[" + list.size() + "]", reading));
    }
    return list;
  }

  private List<Json> items(String name) {
    return switch (value(name)) {
      case Json.Arr(var items) -> items;
      case Json _ -> throw wrong(name, "is not a list");
    };
  }

  private @Nullable Json find(String name) {
    Json value = object.get(name);
    if (value == null) {
      return null;
    }
    found++;
    return value instanceof Json.Null ? null : value;
  }

  private <T> T needed(String name, @Nullable T value) {
    if (value == null) {
      throw wrong(name, "is missing");
    }
    return value;
  }

  private IllegalArgumentException wrong(String name, String how) {
    return new IllegalArgumentException(path + "." + name + " " + how);
  }
}
