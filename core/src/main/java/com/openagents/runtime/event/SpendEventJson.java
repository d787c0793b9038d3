package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.SpendEvent.SpendCommitted;
import com.openagents.runtime.event.SpendEvent.SpendReconcileRequired;
import com.openagents.runtime.event.SpendEvent.SpendReleased;
import com.openagents.runtime.event.SpendEvent.SpendReserved;

/// The payloads of [SpendEvent].
final class SpendEventJson {

  private SpendEventJson() {}

  static void write(SpendEvent event, Json.Builder out) {
    out.put("reservationId", event.reservationId());
    switch (event) {
      case SpendReserved(_, var authorizationId, var toolCallId, var amountSats) ->
          out.put("authorizationId", authorizationId)
              .put("toolCallId", toolCallId)
              .put("amountSats", amountSats);
      case SpendCommitted(_, var amountSats, var correlationId) ->
          out.put("amountSats", amountSats).put("correlationId", correlationId);
      case SpendReleased(_, var amountSats, var reason) ->
          out.put("amountSats", amountSats).put("reason", reason);
      case SpendReconcileRequired(_, var reason) -> out.put("reason", reason);
    }
  }

  static SpendReserved reserved(Fields fields) {
    return new SpendReserved(
        fields.text("reservationId"),
        fields.text("authorizationId"),
        fields.text("toolCallId"),
        fields.whole("amountSats"));
  }

  static SpendCommitted committed(Fields fields) {
    return new SpendCommitted(
        fields.text("reservationId"), fields.whole("amountSats"), fields.text("correlationId"));
  }

  static SpendReleased released(Fields fields) {
    return new SpendReleased(
        fields.text("reservationId"), fields.whole("amountSats"), fields.text("reason"));
  }

  static SpendReconcileRequired reconcileRequired(Fields fields) {
    return new SpendReconcileRequired(fields.text("reservationId"), fields.text("reason"));
  }
}
