package com.openagents.runtime.event;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Maps between events, what the log stores of them, and their public JSON.
public final class EventCodec {

  private EventCodec() {}

  /// The payload as the log stores it: canonical JSON in the current version of the type.
  public static String payload(Event event) {
    return switch (event) {
      case MessageDelta(var messageId, var text) -> DeltaJson.MESSAGE.write(messageId, text);
      case ReasoningDelta(var reasoningId, var text) ->
          DeltaJson.REASONING.write(reasoningId, text);
      case Event other -> CanonicalJson.write(payloadJson(other));
    };
  }

  /// The payload as a value.
  public static Json.Obj payloadJson(Event event) {
    return switch (event) {
      case Event.Known known -> PayloadJson.of(known);
      case Event.Unrecognized(_, _, var payload) -> payload;
    };
  }

  /// Reads a stored event, lifting an older version to the current one.
  ///
  /// @return with an [Event.Unrecognized] when a newer runtime wrote the type or the version
  /// @throws CorruptEvent when the payload is not what its type and version say
  public static Envelope decode(StoredEvent stored) {
    try {
      return new Envelope(
          stored.runId(),
          stored.seq(),
          event(stored),
          stored.occurredAt(),
          stored.traceId(),
          stored.epoch());
    } catch (IllegalArgumentException e) {
      throw new CorruptEvent(stored, e);
    }
  }

  private static Event event(StoredEvent stored) {
    Event delta = stored.version() == 1 ? delta(stored) : null;
    return delta == null ? read(stored.type(), stored.version(), object(stored)) : delta;
  }

  private static @Nullable Event delta(StoredEvent stored) {
    return switch (stored.type()) {
      case "message.delta" -> DeltaJson.MESSAGE.read(stored.payload(), MessageDelta::new);
      case "reasoning.delta" -> DeltaJson.REASONING.read(stored.payload(), ReasoningDelta::new);
      default -> null;
    };
  }

  /// Reads a payload of the given type and version, as [#decode] does.
  ///
  /// @throws IllegalArgumentException naming the field that is missing, mistyped or unknown
  public static Event read(String name, int version, Json.Obj payload) {
    if (version < 1) {
      throw new IllegalArgumentException("versions begin at 1");
    }
    Optional<EventType> type = EventType.named(name);
    if (type.isEmpty() || version > type.get().version()) {
      return new Event.Unrecognized(name, version, payload);
    }
    return PayloadJson.read(type.get(), Upcasters.lift(type.get(), version, payload));
  }

  /// The public form of an event in the current version of its type, which streams and pages show.
  public static Json.Obj toJson(Envelope envelope) {
    Event event = envelope.event();
    return Json.object()
        .put("runId", envelope.runId().toString())
        .put("seq", envelope.seq())
        .put("type", event.type())
        .put("version", event.version())
        .put("payload", payloadJson(event))
        .put("occurredAt", envelope.occurredAt())
        .put("traceId", envelope.traceId() == null ? null : envelope.traceId().value())
        .put("epoch", envelope.epoch())
        .build();
  }

  /// The public form of an event in the version in which it was written, which a seal covers and an
  /// export holds: it never changes, whatever versions come later.
  ///
  /// @throws CorruptEvent when the payload is no JSON object
  public static Json.Obj toJson(StoredEvent stored) {
    return toJson(
        new Envelope(
            stored.runId(),
            stored.seq(),
            new Event.Unrecognized(stored.type(), stored.version(), object(stored)),
            stored.occurredAt(),
            stored.traceId(),
            stored.epoch()));
  }

  private static Json.Obj object(StoredEvent stored) {
    try {
      return JsonReader.readObject(stored.payload(), JsonLimits.STORED);
    } catch (JsonRefused e) {
      throw new CorruptEvent(stored, e);
    }
  }
}
