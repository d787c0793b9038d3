package com.openagents.runtime.codec;

import static com.openagents.runtime.codec.Scalars.needed;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.FrameEvent;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.FrameAccepted;
import com.openagents.runtime.proto.protocol.v1.FrameQuarantined;
import com.openagents.runtime.proto.protocol.v1.FrameSource;

/// The messages of [FrameEvent].
final class FrameEventProto {

  private FrameEventProto() {}

  static void write(FrameEvent event, Envelope.Builder out) {
    switch (event) {
      case FrameEvent.FrameAccepted frame -> write(frame, out.getFrameAcceptedBuilder());
      case FrameEvent.FrameQuarantined(var frameId, var errorClass, int attempts) ->
          out.getFrameQuarantinedBuilder()
              .setFrameId(frameId.value())
              .setErrorClass(errorClass)
              .setAttempts(Scalars.count(attempts));
    }
  }

  private static void write(FrameEvent.FrameAccepted frame, FrameAccepted.Builder out) {
    out.setFrameId(frame.frameId().value())
        .setFrameType(frame.frameType())
        .setPayload(JsonProto.write(frame.payload()))
        .setContent(frame.content().toString());
    Scalars.set(frame.source(), source -> write(source, out.getSourceBuilder()));
    Scalars.set(frame.occurredAt(), time -> out.setOccurredAt(Scalars.timestamp(time)));
  }

  private static void write(FrameEvent.Source source, FrameSource.Builder out) {
    out.setKind(source.kind());
    Scalars.set(source.requestId(), out::setRequestId);
  }

  static FrameEvent read(FrameAccepted in) {
    return new FrameEvent.FrameAccepted(
        new FrameId(in.getFrameId()),
        in.getFrameType(),
        JsonProto.read(needed(in.hasPayload(), "payload", in.getPayload())),
        Digest.parse(in.getContent()),
        in.hasSource() ? source(in.getSource()) : null,
        in.hasOccurredAt() ? Scalars.time(in.getOccurredAt()) : null);
  }

  private static FrameEvent.Source source(FrameSource in) {
    return new FrameEvent.Source(in.getKind(), in.hasRequestId() ? in.getRequestId() : null);
  }

  static FrameEvent read(FrameQuarantined in) {
    return new FrameEvent.FrameQuarantined(
        new FrameId(in.getFrameId()), in.getErrorClass(), Scalars.count(in.getAttempts()));
  }
}
