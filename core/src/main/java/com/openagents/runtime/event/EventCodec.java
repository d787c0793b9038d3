package com.openagents.runtime.event;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.Timestamps;
import java.util.Optional;

/// The one mapping between typed events and their JSON. Pure and thread-safe.
public final class EventCodec {

  private EventCodec() {}

  /// The payload in canonical form, as it is stored.
  public static String payload(Event event) {
    return CanonicalJson.write(payloadObject(event));
  }

  static Json.Obj payloadObject(Event event) {
    return switch (event) {
      case RunEvent e -> RunEventJson.write(e);
      case FrameEvent e -> FrameEventJson.write(e);
      case StepEvent e -> StepEventJson.write(e);
      case MessageEvent e -> TextEventJson.write(e);
      case ReasoningEvent e -> TextEventJson.write(e);
      case ToolEvent e -> ToolEventJson.write(e);
      case DsEvent e -> EvidenceEventJson.write(e);
      case SpendEvent e -> EvidenceEventJson.write(e);
      case MemoryEvent e -> EvidenceEventJson.write(e);
      case Event.Unrecognized e -> e.payload();
    };
  }

  /// Reads a stored event. Older versions are lifted; a type or version that this runtime does not
  /// know becomes [Event.Unrecognized].
  ///
  /// @throws CorruptEvent when the payload is damaged
  public static Envelope decode(StoredEvent stored) {
    try {
      Json.Obj payload = JsonReader.readObject(stored.payload());
      return new Envelope(
          stored.runId(),
          stored.seq(),
          read(stored.type(), stored.version(), payload),
          stored.occurredAt(),
          stored.traceId(),
          stored.epoch());
    } catch (RuntimeException e) {
      throw new CorruptEvent(stored, e);
    }
  }

  /// Reads a payload of the given type and version, as [#decode] does.
  ///
  /// @throws IllegalArgumentException when the payload is damaged
  public static Event read(String name, int version, Json.Obj payload) {
    Optional<EventType> known = EventType.named(name);
    if (known.isEmpty() || version > known.get().version()) {
      return new Event.Unrecognized(name, version, payload);
    }
    EventType type = known.get();
    Fields fields = new Fields(Upcasters.lift(type, version, payload));
    return switch (type) {
      case RUN_CREATED,
          RUN_STARTED,
          RUN_WAITING,
          RUN_RESUMED,
          RUN_CANCEL_REQUESTED,
          RUN_COMPLETED,
          RUN_FAILED,
          RUN_CANCELED,
          RUN_EXECUTOR_LOST,
          RUN_LIMIT_WARNING,
          RUN_FORKED,
          RUN_CHILD_STARTED,
          RUN_CHILD_ENDED ->
          RunEventJson.read(type, fields);
      case FRAME_ACCEPTED, FRAME_QUARANTINED -> FrameEventJson.read(type, fields);
      case STEP_STARTED, STEP_FINISHED, CHECKPOINT_SAVED, LOOP_DETECTED ->
          StepEventJson.read(type, fields);
      case MESSAGE_STARTED, MESSAGE_DELTA, MESSAGE_COMPLETED -> TextEventJson.read(type, fields);
      case REASONING_STARTED, REASONING_DELTA, REASONING_COMPLETED ->
          TextEventJson.read(type, fields);
      case TOOL_REQUESTED,
          TOOL_APPROVAL_REQUESTED,
          TOOL_APPROVAL_RESOLVED,
          TOOL_STARTED,
          TOOL_PROGRESS,
          TOOL_SUCCEEDED,
          TOOL_FAILED,
          TOOL_CANCELED,
          TOOL_TIMED_OUT,
          TOOL_LATE_RESULT ->
          ToolEventJson.read(type, fields);
      case DS_PREDICTED,
          POLICY_DECIDED,
          SPEND_RESERVED,
          SPEND_COMMITTED,
          SPEND_RELEASED,
          SPEND_RECONCILE_REQUIRED,
          MEMORY_COMPACTED ->
          EvidenceEventJson.read(type, fields);
    };
  }

  /// The envelope as clients see it; an upcast event in its current version.
  public static Json.Obj toJson(Envelope envelope) {
    Event event = envelope.event();
    return Json.object()
        .put("runId", envelope.runId().toString())
        .put("seq", envelope.seq())
        .put("type", event.type())
        .put("version", event.version())
        .put("payload", payloadObject(event))
        .put("occurredAt", Timestamps.write(envelope.occurredAt()))
        .put("traceId", envelope.traceId() == null ? null : envelope.traceId().value())
        .put("epoch", envelope.epoch())
        .build();
  }
}
