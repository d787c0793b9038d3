package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import java.util.Set;

/// An event as a page of `GET /runs/{runId}/events` tells it.
///
/// @param epoch of the executor that wrote it, 0 when no executor did
/// @param envelope all of it
record LoggedEvent(long seq, String type, long epoch, Json.Obj envelope) {

  private static final Set<String> ENDS = Set.of("run.completed", "run.failed", "run.canceled");

  static LoggedEvent read(Json.Obj envelope) {
    return new LoggedEvent(
        number(envelope, "seq"), text(envelope, "type"), number(envelope, "epoch"), envelope);
  }

  boolean ends() {
    return ENDS.contains(type);
  }

  Json.Obj payload() {
    return envelope.get("payload") instanceof Json.Obj payload ? payload : Json.Obj.EMPTY;
  }

  /// A text of the payload; empty where there is none.
  String text(String field) {
    return text(payload(), field);
  }

  /// A number of the payload; 0 where there is none.
  long number(String field) {
    return number(payload(), field);
  }

  static String text(Json.Obj object, String field) {
    return object.get(field) instanceof Json.Str(String value) ? value : "";
  }

  static long number(Json.Obj object, String field) {
    return object.get(field) instanceof Json.Num(double value) ? (long) value : 0;
  }
}
