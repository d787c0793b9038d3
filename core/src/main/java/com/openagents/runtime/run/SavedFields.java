package com.openagents.runtime.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes and reads the fields of saved folds. What is missing or mistyped is refused by some
/// [RuntimeException], which makes the whole checkpoint unreadable.
public final class SavedFields {

  private SavedFields() {}

  public static Json.Obj event(Event.Known event) {
    return EventCodec.payloadJson(event);
  }

  public static Event event(EventType type, Json.Obj payload) {
    return EventCodec.read(type.wireName(), type.version(), payload);
  }

  public static <T> Json.Arr array(List<T> items, Function<T, Json.Obj> form) {
    return Json.array(items.stream().map(form).toList());
  }

  public static <T> List<T> list(Json.Obj in, String name, Function<Json.Obj, T> form) {
    return items(in, name).stream().map(item -> form.apply((Json.Obj) item)).toList();
  }

  public static List<String> texts(Json.Obj in, String name) {
    return items(in, name).stream().map(item -> ((Json.Str) item).value()).toList();
  }

  private static List<Json> items(Json.Obj in, String name) {
    return ((Json.Arr) any(in, name)).items();
  }

  public static Json.Obj object(Json.Obj in, String name) {
    return (Json.Obj) any(in, name);
  }

  public static Json.@Nullable Obj objectIfAny(Json.Obj in, String name) {
    return in.get(name) == null ? null : object(in, name);
  }

  public static String text(Json.Obj in, String name) {
    return ((Json.Str) any(in, name)).value();
  }

  public static @Nullable String textIfAny(Json.Obj in, String name) {
    return in.get(name) == null ? null : text(in, name);
  }

  public static Instant time(Json.Obj in, String name) {
    return Timestamps.read(text(in, name));
  }

  public static @Nullable Instant timeIfAny(Json.Obj in, String name) {
    return in.get(name) == null ? null : time(in, name);
  }

  public static long number(Json.Obj in, String name) {
    return (long) ((Json.Num) any(in, name)).value();
  }

  public static boolean flag(Json.Obj in, String name) {
    return ((Json.Bool) any(in, name)).value();
  }

  private static Json any(Json.Obj in, String name) {
    Json value = in.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a checkpoint lacks " + name);
    }
    return value;
  }
}
