package com.openagents.runtime.event;

/// The life of a reservation of money, in whole satoshi.
public sealed interface SpendEvent extends Event.Known {

  String reservationId();

  record SpendReserved(
      String reservationId, String authorizationId, String toolCallId, long amountSats)
      implements SpendEvent {
    @Override
    public EventType is() {
      return EventType.SPEND_RESERVED;
    }
  }

  /// @param correlationId the provider's own name of the settlement
  record SpendCommitted(String reservationId, long amountSats, String correlationId)
      implements SpendEvent {
    @Override
    public EventType is() {
      return EventType.SPEND_COMMITTED;
    }
  }

  record SpendReleased(String reservationId, long amountSats, String reason) implements SpendEvent {
    @Override
    public EventType is() {
      return EventType.SPEND_RELEASED;
    }
  }

  record SpendReconcileRequired(String reservationId, String reason) implements SpendEvent {
    @Override
    public EventType is() {
      return EventType.SPEND_RECONCILE_REQUIRED;
    }
  }
}
