package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Reads every version ever written: each upcaster lifts a payload by one version. Pure.
final class Upcasters {

  private record Step(EventType type, int from) {}

  private static final Map<Step, UnaryOperator<Json.Obj>> STEPS =
      Map.of(new Step(EventType.RUN_CANCEL_REQUESTED, 1), Upcasters::cancelRequestedV1);

  private Upcasters() {}

  /// Lifts a payload to the type's current version.
  ///
  /// @throws IllegalArgumentException when a version between was never written
  static Json.Obj lift(EventType type, int version, Json.Obj payload) {
    Json.Obj lifted = payload;
    for (int v = version; v < type.version(); v++) {
      UnaryOperator<Json.Obj> step = STEPS.get(new Step(type, v));
      if (step == null) {
        throw new IllegalArgumentException("version " + v + " was never written");
      }
      lifted = step.apply(lifted);
    }
    return lifted;
  }

  /// Version 1 was written when only the owner could cancel.
  private static Json.Obj cancelRequestedV1(Json.Obj payload) {
    Map<String, Json> fields = new LinkedHashMap<>(payload.fields());
    fields.put("requestedBy", Json.of("owner"));
    return new Json.Obj(fields);
  }
}
