package com.openagents.runtime.event;

/// What a model thinks aloud before it answers; shown to readers, left out of later context.
public sealed interface ReasoningEvent extends Event.Known {

  record ReasoningStarted(String reasoningId) implements ReasoningEvent {
    @Override
    public EventType is() {
      return EventType.REASONING_STARTED;
    }
  }

  record ReasoningDelta(String reasoningId, String text) implements ReasoningEvent {
    @Override
    public EventType is() {
      return EventType.REASONING_DELTA;
    }
  }

  record ReasoningCompleted(String reasoningId, String text, MessageEvent.Outcome outcome)
      implements ReasoningEvent {
    @Override
    public EventType is() {
      return EventType.REASONING_COMPLETED;
    }
  }
}
