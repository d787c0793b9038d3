package com.openagents.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.ToolEvent.ToolStarted;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.proto.protocol.v1.FrameAccepted;
import com.openagents.runtime.proto.protocol.v1.RunCreated;
import com.openagents.runtime.proto.protocol.v1.RunFailed;
import com.openagents.runtime.proto.protocol.v1.ToolApprovalRequested;
import com.openagents.runtime.proto.protocol.v1.ToolProgress;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtoEventsTest {

  private static final RunId RUN = RunId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final Instant TIME = Instant.parse("2026-01-31T08:15:30.000250Z");

  static List<Envelope> golden() {
    return GoldenFiles.decoded();
  }

  private static Envelope envelope(Event event) {
    return new Envelope(RUN, 1, event, TIME, null, null);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void brings_back_what_it_was_given(Envelope envelope) throws InvalidProtocolBufferException {
    byte[] bytes = ProtoEvents.toProto(envelope).toByteArray();
    var read = com.openagents.runtime.proto.protocol.v1.Envelope.parseFrom(bytes);
    assertThat(ProtoEvents.fromProto(read)).isEqualTo(envelope);
  }

  @Test
  void carries_what_the_runtime_does_not_recognize() {
    var payload = Json.object().put("a", 1).put("b", Json.array(List.of(Json.NULL))).build();
    var envelope = envelope(new Event.Unrecognized("run.teleported", 4, payload));
    assertThat(ProtoEvents.fromProto(ProtoEvents.toProto(envelope))).isEqualTo(envelope);
  }

  @Test
  void recognizes_what_its_sender_did_not() {
    var delta = new MessageDelta("m", "text");
    var proto =
        ProtoEvents.toProto(envelope(delta)).toBuilder()
            .setUnrecognized(
                Struct.newBuilder()
                    .putFields("messageId", Value.newBuilder().setStringValue("m").build())
                    .putFields("text", Value.newBuilder().setStringValue("text").build()))
            .build();
    assertThat(ProtoEvents.fromProto(proto)).isEqualTo(envelope(delta));
  }

  @Test
  void holds_sequences_of_32_bits_and_no_more() {
    var last = new Envelope(RUN, 0xFFFF_FFFFL, new RunForked(RUN, 0xFFFF_FFFFL), TIME, null, null);
    assertThat(ProtoEvents.fromProto(ProtoEvents.toProto(last))).isEqualTo(last);
    assertThatThrownBy(() -> ProtoEvents.toProto(envelope(new RunForked(RUN, 1L << 32))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bits");
    assertThatThrownBy(() -> ProtoEvents.toProto(envelope(new ToolStarted("t", -1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cuts_times_to_microseconds_as_the_json_does() {
    var fine = new Envelope(RUN, 1, new MessageDelta("m", ""), TIME.plusNanos(999), null, null);
    assertThat(ProtoEvents.fromProto(ProtoEvents.toProto(fine)).occurredAt()).isEqualTo(TIME);
  }

  private static Consumer<com.openagents.runtime.proto.protocol.v1.Envelope.Builder> damage(
      Consumer<com.openagents.runtime.proto.protocol.v1.Envelope.Builder> damage) {
    return damage;
  }

  static Stream<Consumer<com.openagents.runtime.proto.protocol.v1.Envelope.Builder>> damages() {
    var timestamp = Timestamp.newBuilder();
    return Stream.of(
        damage(out -> out.clearPayload()),
        damage(out -> out.clearOccurredAt()),
        damage(out -> out.setOccurredAt(timestamp.setNanos(1_000_000_000))),
        damage(out -> out.setRunId("nobody")),
        damage(out -> out.setTraceId("0")),
        damage(out -> out.setType("message.started")),
        damage(out -> out.setVersion(2)),
        damage(out -> out.setType("run.created").setRunCreated(RunCreated.getDefaultInstance())),
        damage(out ->
            out.setType("run.failed").setRunFailed(RunFailed.newBuilder().setReasonClass("x"))),
        damage(out ->
            out.setType("frame.accepted")
                .setFrameAccepted(FrameAccepted.newBuilder().setFrameId("f"))),
        damage(out ->
            out.setType("tool.progress")
                .setToolProgress(ToolProgress.newBuilder().setToolCallId("t"))),
        damage(out ->
            out.setType("tool.progress")
                .setToolProgress(
                    ToolProgress.newBuilder()
                        .setProgress(Value.newBuilder().setNumberValue(Double.NaN)))),
        damage(out ->
            out.setType("tool.approval_requested")
                .setToolApprovalRequested(
                    ToolApprovalRequested.newBuilder().setArguments("sha256:" + "0".repeat(64)))));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void refuses_what_is_missing_or_of_another_form(
      Consumer<com.openagents.runtime.proto.protocol.v1.Envelope.Builder> damage) {
    var proto = ProtoEvents.toProto(envelope(new MessageDelta("m", "text"))).toBuilder();
    assertThat(ProtoEvents.fromProto(proto.build()).event()).isInstanceOf(MessageDelta.class);
    damage.accept(proto);
    assertThatThrownBy(() -> ProtoEvents.fromProto(proto.build()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
