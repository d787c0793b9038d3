package com.openagents.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.proto.control.v1.ProjectionAudit;
import com.openagents.runtime.proto.protocol.v1.ToolPolicy;
import com.openagents.runtime.proto.runtime.v1.EventPage;
import com.openagents.runtime.proto.runtime.v1.RunSnapshot;
import com.openagents.runtime.proto.runtime.v1.StartRunRequest;
import com.openagents.runtime.proto.runtime.v1.SubmitFrameRequest;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtoBodiesTest {

  private static final String HASH = "ab".repeat(32);

  static List<Envelope> golden() {
    return GoldenFiles.decoded();
  }

  private static SubmitFrameRequest frame(Value payload) {
    return SubmitFrameRequest.newBuilder()
        .setFrameId("f1")
        .setType("note")
        .setPayload(Struct.newBuilder().putFields("text", payload))
        .build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void a_page_of_events_holds_the_messages_of_its_events(Envelope envelope) throws Exception {
    Json.Builder shown = Json.object();
    EventCodec.toJson(envelope).fields().forEach(shown::put);
    Json.Obj page =
        Json.object()
            .put("events", Json.array(List.of(shown.put("hash", HASH).build())))
            .put("head", 4_000_000_000L)
            .put("floor", 0)
            .put("aged", Json.array(List.of()))
            .build();

    assertThat(EventPage.parseFrom(ProtoBodies.write("EventPage", page)))
        .isEqualTo(
            EventPage.newBuilder()
                .addEvents(ProtoEvents.toProto(envelope).toBuilder().setHash(HASH))
                .setHead((int) 4_000_000_000L)
                .build());
  }

  @Test
  void a_snapshot_is_what_protobufs_own_reader_makes_of_its_json()
      throws InvalidProtocolBufferException {
    String json =
        """
        {"runId":"r","threadId":"t","userId":42,"agent":"echo","agentVersion":1,
        "status":"waiting","lastSeq":7,"floor":0,"recoveries":0,
        "openTools":[{"toolCallId":"c","name":"n","sinceSeq":3,"waitingForApproval":true}],
        "budget":{"requested":{"a":[1,{"b":null}]},
        "limits":[{"limit":"bytes","used":5000000000,"max":9007199254740991}]},
        "createdAt":"2026-01-31T08:15:30.123456Z","updatedAt":"2026-01-31T08:15:30Z",
        "links":{"stream":"/s","events":"/e","diagnosis":"/d","thread":"/t"}}
        """;
    RunSnapshot.Builder expected = RunSnapshot.newBuilder();
    JsonFormat.parser().merge(json, expected);

    byte[] message = ProtoBodies.write("RunSnapshot", (Json.Obj) JsonReader.read(json));
    assertThat(RunSnapshot.parseFrom(message)).isEqualTo(expected.build());
  }

  @Test
  void a_report_with_a_fraction_is_what_protobufs_own_reader_makes_of_its_json_and_back()
      throws InvalidProtocolBufferException {
    String json =
        """
        {"compared":{"kept":3},"found":{"kept":{"missing":1}},"clean":false,
        "mismatchRate":0.3333333333333333,"lagP95":5000000000,"evidence":["x"]}
        """;
    ProjectionAudit.Builder expected = ProjectionAudit.newBuilder();
    JsonFormat.parser().merge(json, expected);

    byte[] message = ProtoBodies.write("ProjectionAudit", (Json.Obj) JsonReader.read(json));
    assertThat(ProjectionAudit.parseFrom(message)).isEqualTo(expected.build());
    assertThat(ProtoBodies.read("ProjectionAudit", message))
        .isEqualTo(
            Json.object()
                .put("compared", Json.object().put("kept", 3).build())
                .put(
                    "found",
                    Json.object().put("kept", Json.object().put("missing", 1).build()).build())
                .put("mismatchRate", 0.3333333333333333)
                .put("lagP95", 5_000_000_000L)
                .put("evidence", Json.array(List.of(Json.of("x"))))
                .build());
    byte[] odd = ProjectionAudit.newBuilder().setMismatchRate(Double.NaN).build().toByteArray();
    assertThatThrownBy(() -> ProtoBodies.read("ProjectionAudit", odd))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_request_is_what_protobufs_own_writer_makes_of_it() throws Exception {
    StartRunRequest request =
        StartRunRequest.newBuilder()
            .setRunId("r")
            .setThreadId("t")
            .setUserId(42)
            .setAuthenticatedSession(true)
            .setToolPolicy(ToolPolicy.newBuilder().addAllow("a").addAllow("b"))
            .setDeadline(Timestamp.newBuilder().setSeconds(1_800_000_000).setNanos(5_000))
            .setFirstFrame(frame(text("größe 😀")))
            .build();

    Json.Obj read = ProtoBodies.read("StartRunRequest", request.toByteArray());
    assertThat(read.get("userId")).isEqualTo(Json.of(42));
    StartRunRequest.Builder again = StartRunRequest.newBuilder();
    JsonFormat.parser().merge(CanonicalJson.write(read), again);
    assertThat(again.build()).isEqualTo(request);
  }

  @Test
  void what_has_its_default_is_left_out_and_what_is_empty_is_not() {
    StartRunRequest request =
        StartRunRequest.newBuilder().setToolPolicy(ToolPolicy.getDefaultInstance()).build();

    assertThat(ProtoBodies.read("StartRunRequest", request.toByteArray()))
        .isEqualTo(Json.object().put("toolPolicy", Json.Obj.EMPTY).build());
  }

  @Test
  void what_is_no_such_message_is_refused() {
    Value odd = Value.newBuilder().setNumberValue(Double.NaN).build();
    for (byte[] bytes :
        List.of(
            new byte[] {(byte) 0xff},
            new byte[] {10, 5, 'x'},
            new byte[] {10, 1, (byte) 0xff},
            new byte[] {(byte) 0xfa, 1, 1, 'x'},
            frame(odd).toByteArray(),
            frame(Value.getDefaultInstance()).toByteArray())) {
      assertThatThrownBy(() -> ProtoBodies.read("SubmitFrameRequest", bytes))
          .isInstanceOf(IllegalArgumentException.class);
    }
    byte[] large = StartRunRequest.newBuilder().setUserId(Long.MAX_VALUE).build().toByteArray();
    assertThatThrownBy(() -> ProtoBodies.read("StartRunRequest", large))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknown_fields_are_refused_wherever_they_are() {
    byte[] inside = {58, 4, (byte) 0xfa, 1, 1, 'x'};

    assertThatThrownBy(() -> ProtoBodies.read("StartRunRequest", inside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ToolPolicy");
  }

  @Test
  void whatever_bytes_come_they_are_read_or_refused() {
    byte[] good = frame(text("hello")).toByteArray();
    SplittableRandom random = new SplittableRandom(1);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      read += isRead(bytes) ? 1 : 0;
    }
    assertThat(read).isBetween(1, 19_999);
  }

  private static boolean isRead(byte[] bytes) {
    try {
      ProtoBodies.read("SubmitFrameRequest", bytes);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  @Test
  void json_that_is_another_messages_is_refused() {
    for (String json :
        List.of("{\"x\":1}", "{\"runId\":1}", "{\"openTools\":1}", "{\"lastSeq\":-1}")) {
      assertThatThrownBy(() -> ProtoBodies.write("RunSnapshot", (Json.Obj) JsonReader.read(json)))
          .as(json)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(ProtoBodies.fullName("RunSnapshot")).contains("openagents.runtime.v1.RunSnapshot");
    assertThat(ProtoBodies.fullName("Nothing")).isEmpty();
  }
}
