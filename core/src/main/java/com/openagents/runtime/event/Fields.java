package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a payload; names the field that is missing or of another type.
record Fields(Json.Obj object) {

  String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      throw missing(name);
    }
    return text;
  }

  @Nullable String textOrNull(String name) {
    return switch (object.get(name)) {
      case null -> null;
      case Json.Str(String text) -> text;
      default -> throw mistyped(name);
    };
  }

  long number(String name) {
    Long number = numberOrNull(name);
    if (number == null) {
      throw missing(name);
    }
    return number;
  }

  @Nullable Long numberOrNull(String name) {
    return switch (object.get(name)) {
      case null -> null;
      case Json.Num(double number) when number == Math.rint(number) -> (long) number;
      default -> throw mistyped(name);
    };
  }

  int integer(String name) {
    return Math.toIntExact(number(name));
  }

  boolean flag(String name) {
    return switch (object.get(name)) {
      case null -> throw missing(name);
      case Json.Bool(boolean flag) -> flag;
      default -> throw mistyped(name);
    };
  }

  Json any(String name) {
    Json value = object.get(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  Json.Obj object(String name) {
    Json.Obj found = objectOrNull(name);
    if (found == null) {
      throw missing(name);
    }
    return found;
  }

  Json.@Nullable Obj objectOrNull(String name) {
    return switch (object.get(name)) {
      case null -> null;
      case Json.Obj found -> found;
      default -> throw mistyped(name);
    };
  }

  List<Json> array(String name) {
    return switch (object.get(name)) {
      case null -> throw missing(name);
      case Json.Arr(var items) -> items;
      default -> throw mistyped(name);
    };
  }

  List<String> texts(String name) {
    return array(name).stream()
        .map(item -> {
          if (item instanceof Json.Str(String text)) {
            return text;
          }
          throw mistyped(name);
        })
        .toList();
  }

  Instant time(String name) {
    return Timestamps.read(text(name));
  }

  @Nullable Instant timeOrNull(String name) {
    String text = textOrNull(name);
    return text == null ? null : Timestamps.read(text);
  }

  Digest digest(String name) {
    return digestOf(text(name));
  }

  @Nullable Digest digestOrNull(String name) {
    String text = textOrNull(name);
    return text == null ? null : digestOf(text);
  }

  private static Digest digestOf(String text) {
    if (!text.startsWith("sha256:")) {
      throw new IllegalArgumentException("a digest begins with sha256:");
    }
    return new Digest(text.substring("sha256:".length()));
  }

  static @Nullable String written(@Nullable Instant time) {
    return time == null ? null : Timestamps.write(time);
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("field " + name + " is missing");
  }

  private static IllegalArgumentException mistyped(String name) {
    return new IllegalArgumentException("field " + name + " has another type");
  }
}
