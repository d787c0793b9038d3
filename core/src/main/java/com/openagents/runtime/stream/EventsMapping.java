package com.openagents.runtime.stream;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import java.util.List;

/// Every event as it is: the public form of its envelope, in canonical JSON.
public record EventsMapping() implements Mapping<EventsMapping.Stateless> {

  /// Each event stands alone.
  public record Stateless() {}

  private static final Stateless STATELESS = new Stateless();

  @Override
  public Stateless initial() {
    return STATELESS;
  }

  @Override
  public boolean resting(Stateless state) {
    return true;
  }

  @Override
  public boolean stateless() {
    return true;
  }

  @Override
  public Mapping<?> replay() {
    return new EventsReplay();
  }

  @Override
  public Step<Stateless> next(Stateless state, Envelope envelope) {
    return new Step<>(STATELESS, List.of(new Chunk(json(envelope))));
  }

  /// Writes what [EventCodec#toJson] describes, without building the tree.
  static String json(Envelope envelope) {
    StringBuilder out = new StringBuilder(256).append('{');
    Long epoch = envelope.epoch();
    if (epoch != null) {
      out.append("\"epoch\":").append((long) epoch).append(',');
    }
    Timestamps.write(envelope.occurredAt(), out.append("\"occurredAt\":\""));
    out.append("\",\"payload\":").append(EventCodec.payload(envelope.event()));
    out.append(",\"runId\":\"").append(envelope.runId());
    out.append("\",\"seq\":").append(envelope.seq());
    if (envelope.traceId() != null) {
      out.append(",\"traceId\":\"").append(envelope.traceId()).append('"');
    }
    CanonicalJson.writeString(envelope.event().type(), out.append(",\"type\":"));
    return out.append(",\"version\":").append(envelope.event().version()).append('}').toString();
  }
}
