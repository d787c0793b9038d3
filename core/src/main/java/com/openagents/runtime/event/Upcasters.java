package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// How payloads of older versions become payloads of the current one, a version at a time.
///
/// Each step is pure, and stays as long as a log may hold the version that it reads.
final class Upcasters {

  /// For each type that has changed: the step from version 1 to 2, from 2 to 3, and so on.
  private static final Map<EventType, List<UnaryOperator<Json.Obj>>> STEPS =
      new EnumMap<>(
          Map.of(
              EventType.RUN_CANCEL_REQUESTED, List.of(Upcasters::cancelRequestedByOwner),
              EventType.RUN_FORKED, List.of(Upcasters::forkedClosesWhatWasOpen)));

  private Upcasters() {}

  /// Lifts a payload to the current version of its type.
  ///
  /// @param version the version in which it was written, from 1 to the current one
  static Json.Obj lift(EventType type, int version, Json.Obj payload) {
    List<UnaryOperator<Json.Obj>> steps = steps(type);
    Json.Obj lifted = payload;
    for (int from = version; from < type.version(); from++) {
      lifted = steps.get(from - 1).apply(lifted);
    }
    return lifted;
  }

  static List<UnaryOperator<Json.Obj>> steps(EventType type) {
    return STEPS.getOrDefault(type, List.of());
  }

  /// Before operators could cancel, only owners did.
  private static Json.Obj cancelRequestedByOwner(Json.Obj v1) {
    return Json.object().put("reason", v1.get("reason")).put("requestedBy", "owner").build();
  }

  /// The payload is the same. The version says that whoever reads it must stop what was open: a
  /// reader of version 1 would carry the copy on.
  private static Json.Obj forkedClosesWhatWasOpen(Json.Obj v1) {
    return v1;
  }
}
