package com.openagents.runtime.codec;

import com.openagents.runtime.event.SpendEvent;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.SpendCommitted;
import com.openagents.runtime.proto.protocol.v1.SpendReconcileRequired;
import com.openagents.runtime.proto.protocol.v1.SpendReleased;
import com.openagents.runtime.proto.protocol.v1.SpendReserved;

/// The messages of [SpendEvent].
final class SpendEventProto {

  private SpendEventProto() {}

  static void write(SpendEvent event, Envelope.Builder out) {
    switch (event) {
      case SpendEvent.SpendReserved(var id, var authorizationId, var toolCallId, long amount) ->
          out.getSpendReservedBuilder()
              .setReservationId(id)
              .setAuthorizationId(authorizationId)
              .setToolCallId(toolCallId)
              .setAmountSats(amount);
      case SpendEvent.SpendCommitted(var id, long amount, var correlationId) ->
          out.getSpendCommittedBuilder()
              .setReservationId(id)
              .setAmountSats(amount)
              .setCorrelationId(correlationId);
      case SpendEvent.SpendReleased(var id, long amount, var reason) ->
          out.getSpendReleasedBuilder()
              .setReservationId(id)
              .setAmountSats(amount)
              .setReason(reason);
      case SpendEvent.SpendReconcileRequired(var id, var reason) ->
          out.getSpendReconcileRequiredBuilder().setReservationId(id).setReason(reason);
    }
  }

  static SpendEvent read(SpendReserved in) {
    return new SpendEvent.SpendReserved(
        in.getReservationId(), in.getAuthorizationId(), in.getToolCallId(), in.getAmountSats());
  }

  static SpendEvent read(SpendCommitted in) {
    return new SpendEvent.SpendCommitted(
        in.getReservationId(), in.getAmountSats(), in.getCorrelationId());
  }

  static SpendEvent read(SpendReleased in) {
    return new SpendEvent.SpendReleased(in.getReservationId(), in.getAmountSats(), in.getReason());
  }

  static SpendEvent read(SpendReconcileRequired in) {
    return new SpendEvent.SpendReconcileRequired(in.getReservationId(), in.getReason());
  }
}
