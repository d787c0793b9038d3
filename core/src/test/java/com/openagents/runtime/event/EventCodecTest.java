package com.openagents.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import java.time.Instant;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCodecTest {

  private static final RunId RUN = RunId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final Instant TIME = Instant.parse("2026-01-31T08:15:30.000250Z");

  private static StoredEvent stored(String type, int version, String payload) {
    return stored(type, version, payload, null, null);
  }

  private static StoredEvent stored(
      String type, int version, String payload, @Nullable TraceId traceId, @Nullable Long epoch) {
    return new StoredEvent(RUN, 7, type, version, payload, TIME, traceId, epoch);
  }

  @Test
  void writes_payloads_canonically() {
    assertThat(EventCodec.payload(new MessageDelta("1.1.0.1", "a\n\"b\" €")))
        .isEqualTo("{\"messageId\":\"1.1.0.1\",\"text\":\"a\\n\\\"b\\\" €\"}");
  }

  @Test
  void leaves_absent_fields_out() {
    assertThat(EventCodec.payload(new RunCancelRequested(null, "operator")))
        .isEqualTo("{\"requestedBy\":\"operator\"}");
  }

  @Test
  void takes_a_null_for_an_absent_field() {
    assertThat(
            EventCodec.decode(
                    stored(
                        "run.cancel_requested", 2, "{\"reason\":null,\"requestedBy\":\"owner\"}"))
                .event())
        .isEqualTo(new RunCancelRequested(null, "owner"));
  }

  @Test
  void lifts_a_cancel_request_of_version_1() {
    assertThat(
            EventCodec.decode(stored("run.cancel_requested", 1, "{\"reason\":\"enough\"}")).event())
        .isEqualTo(new RunCancelRequested("enough", "owner"));
    assertThat(EventCodec.decode(stored("run.cancel_requested", 1, "{}")).event())
        .isEqualTo(new RunCancelRequested(null, "owner"));
  }

  @ParameterizedTest
  @Tag("G16")
  @CsvSource({"run.teleported, 1", "message.delta, 2"})
  void keeps_what_a_newer_runtime_wrote(String type, int version) {
    var payload = Json.object().put("b", 1).put("a", "x").build();
    var envelope = EventCodec.decode(stored(type, version, CanonicalJson.write(payload)));
    assertThat(envelope.event()).isEqualTo(new Event.Unrecognized(type, version, payload));
    assertThat(EventCodec.payload(envelope.event())).isEqualTo("{\"a\":\"x\",\"b\":1}");
  }

  @Test
  void shows_the_envelope_with_its_payload() {
    var trace = new TraceId("4bf92f3577b34da6a3ce929d0e0e4736");
    var envelope =
        EventCodec.decode(
            stored("message.delta", 1, "{\"messageId\":\"m\",\"text\":\"hi\"}", trace, 3L));
    assertThat(CanonicalJson.write(EventCodec.toJson(envelope)))
        .isEqualTo(
            """
            {"epoch":3,"occurredAt":"2026-01-31T08:15:30.000250Z",\
            "payload":{"messageId":"m","text":"hi"},\
            "runId":"01890a5d-ac96-774b-bcce-b302099a8057","seq":7,\
            "traceId":"4bf92f3577b34da6a3ce929d0e0e4736","type":"message.delta","version":1}\
            """);
  }

  @Test
  void shows_neither_trace_nor_epoch_when_there_is_none() {
    var envelope = EventCodec.decode(stored("run.completed", 1, "{}"));
    assertThat(EventCodec.toJson(envelope).fields().keySet())
        .containsExactly("runId", "seq", "type", "version", "payload", "occurredAt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          message.delta        | 1 | {"messageId":"m"}                             | payload.text is missing
          message.delta        | 1 | {"messageId":1,"text":"t"}                    | payload.messageId is not a string
          message.delta        | 1 | {"messageId":"m","text":"t","x":1}            | other fields
          message.delta        | 1 | {"messageId":"m","text":"t"                   | not valid JSON
          message.delta        | 1 | []                                            | a JSON object is expected
          message.delta        | 0 | {"messageId":"m","text":"t"}                  | versions begin at 1
          tool.succeeded       | 1 | {"toolCallId":"t","output":9007199254740992} | a number beyond what a double holds exactly
          tool.started         | 1 | {"toolCallId":"t","attempt":1.5}              | payload.attempt is not a whole number
          tool.started         | 1 | {"toolCallId":"t","attempt":4294967296}       | payload.attempt has more than 32 bits
          run.failed           | 1 | {"reasonClass":"AGENT_ERROR","message":"m"}   | payload.reasonClass is wrong
          run.forked           | 2 | {"from":"nowhere","atSeq":1}                  | payload.from is wrong
          run.waiting          | 1 | {"waitingFor":"timer","until":"soon"}         | payload.until is wrong
          message.completed    | 1 | {"messageId":"m","text":"t","outcome":"complete","model":{"provider":"p","name":"n"}} | payload.model.finishReason is missing
          step.started         | 1 | {"turn":1,"step":1,"consumesThrough":1,"intents":[{"id":"i","kind":"say","body":{}},{"id":"i","kind":"say"}]} | payload.intents[1].body is missing
          """)
  void names_the_run_the_sequence_the_type_and_the_damage(
      String type, int version, String payload, String damage) {
    assertThatThrownBy(() -> EventCodec.decode(stored(type, version, payload)))
        .asInstanceOf(InstanceOfAssertFactories.type(CorruptEvent.class))
        .satisfies(corrupt -> {
          assertThat(corrupt.runId()).isEqualTo(RUN);
          assertThat(corrupt.seq()).isEqualTo(7);
          assertThat(corrupt.type()).isEqualTo(type);
          assertThat(corrupt).hasMessageContaining("event 7 of run " + RUN + " (" + type + ")");
          assertThat(corrupt).hasMessageContaining(damage);
        });
  }
}
