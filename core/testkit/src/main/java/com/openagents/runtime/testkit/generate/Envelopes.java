package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.log.LogScan;
import java.util.random.RandomGenerator;

/// Random events in their places, those of a newer runtime and those with their content elsewhere
/// among them. Not thread-safe.
public final class Envelopes {

  private final Values some;
  private final Events events;

  public Envelopes(RandomGenerator random) {
    some = new Values(random);
    events = new Events(random);
  }

  public Envelope envelope() {
    return new Envelope(
        some.runId(),
        1 + some.below(1_000_000),
        event(),
        some.time(),
        some.orNull(some::traceId),
        some.orNull(some::number));
  }

  /// As a log keeps it.
  public LogScan.Begun begun() {
    return new LogScan.Begun(some.some(this::stored));
  }

  public StoredEvent stored() {
    Envelope e = envelope();
    return new StoredEvent(
        e.runId(),
        e.seq(),
        e.event().type(),
        e.event().version(),
        EventCodec.payload(e.event()),
        e.occurredAt(),
        e.traceId(),
        e.epoch());
  }

  public Event event() {
    return switch (some.below(10)) {
      case 0 -> unrecognized();
      case 1 -> elsewhere();
      default -> events.any();
    };
  }

  public FrameAccepted frame() {
    return (FrameAccepted) events.of(EventType.FRAME_ACCEPTED);
  }

  /// Of a type, or in a version, that only a newer runtime knows.
  public Event.Unrecognized unrecognized() {
    EventType type = some.oneOf(EventType.class);
    return some.chance()
        ? new Event.Unrecognized("later." + type.wireName(), some.count(), some.object())
        : new Event.Unrecognized(type.wireName(), type.version() + some.count(), some.object());
  }

  /// A message whose text lies beside the log.
  public MessageCompleted elsewhere() {
    return new MessageCompleted(
        some.name(), "", some.oneOf(Outcome.class), some.orNull(events::modelUse), blobRef());
  }

  public BlobRef blobRef() {
    return new BlobRef(some.digest(), some.number(), "text/plain");
  }
}
