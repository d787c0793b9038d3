package com.openagents.runtime.event;

/// A fact in a run's log.
///
/// A fold names the families that it ignores instead of a `default`, so that a new family cannot be
/// forgotten silently.
public sealed interface Event {

  /// The name on the wire and in the store, such as `message.delta`.
  String type();

  int version();

  Retention retention();

  /// An event that this version of the runtime understands.
  sealed interface Known extends Event
      permits RunEvent,
          FrameEvent,
          StepEvent,
          MessageEvent,
          ReasoningEvent,
          ToolEvent,
          DsEvent,
          SpendEvent,
          MemoryEvent {

    EventType is();

    @Override
    default String type() {
      return is().wireName();
    }

    @Override
    default int version() {
      return is().version();
    }

    @Override
    default Retention retention() {
      return is().retention();
    }
  }

  /// An event of a type or version written by a newer runtime: kept, streamed as it is, and ignored
  /// by every fold.
  record Unrecognized(String type, int version, com.openagents.runtime.canon.Json.Obj payload)
      implements Event {
    @Override
    public Retention retention() {
      return Retention.CONTROL;
    }

    /// Whether it is of a type that this runtime knows, in a version that it does not: a fold that
    /// leaves it out is wrong, so nobody may decide on it. Deltas are told again by what completes
    /// them.
    public boolean matters() {
      return EventType.named(type)
          .filter(known -> known.retention() != Retention.DELTA)
          .isPresent();
    }
  }
}
