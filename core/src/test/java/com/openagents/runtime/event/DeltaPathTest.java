package com.openagents.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.RandomJson;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The short way that deltas take means exactly what the long one does.
class DeltaPathTest {

  private static final long SEED = 2048;

  private static StoredEvent stored(String type, String payload) {
    var run = RunId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
    return new StoredEvent(run, 1, type, 1, payload, Instant.EPOCH, null, null);
  }

  private static Event read(String type, String payload) {
    return EventCodec.read(type, 1, (Json.Obj) JsonReader.read(payload));
  }

  @Test
  void writes_and_reads_any_text_as_the_long_way_does() {
    var random = new RandomJson(new Random(SEED));
    for (int i = 0; i < 20_000; i++) {
      var delta = new MessageDelta(random.text(), random.text());
      var thought = new ReasoningDelta(random.text(), random.text());
      assertSame(delta, "message.delta", i);
      assertSame(thought, "reasoning.delta", i);
    }
  }

  private static void assertSame(Event event, String type, int i) {
    String payload = EventCodec.payload(event);
    assertThat(payload)
        .as("event %d of seed %d", i, SEED)
        .isEqualTo(CanonicalJson.write(EventCodec.payloadJson(event)));
    assertThat(EventCodec.decode(stored(type, payload)).event())
        .as("event %d of seed %d: %s", i, SEED, payload)
        .isEqualTo(event)
        .isEqualTo(read(type, payload));
  }

  @Test
  void takes_the_short_way_for_every_canonical_text_but_for_escapes_of_four_digits() {
    var delta = new MessageDelta("1.2.0.1", "a\"b\\c\b\t\n\f\r/é€\ud83d\ude00\u007f\u2028");
    assertThat(DeltaJson.MESSAGE.read(EventCodec.payload(delta), MessageDelta::new))
        .isEqualTo(delta);
    var escape = new MessageDelta("1.2.0.1", "\u0001");
    assertThat(DeltaJson.MESSAGE.read(EventCodec.payload(escape), MessageDelta::new)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"t\",\"messageId\":\"m\"}",
        "{ \"messageId\":\"m\",\"text\":\"t\"}",
        "{\"messageId\":\"m\",\"text\":\"t\"} ",
        "{\"messageId\":\"m\", \"text\":\"t\"}",
        "{\"messageId\":\"\\u006d\",\"text\":\"\\u0074\"}",
        "{\"messageId\":\"\\u006d\",\"text\":\"t\"}"
      })
  void reads_other_spellings_the_long_way(String payload) {
    assertThat(DeltaJson.MESSAGE.read(payload, MessageDelta::new)).isNull();
    assertThat(EventCodec.decode(stored("message.delta", payload)).event())
        .isEqualTo(new MessageDelta("m", "t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "null",
        "[]",
        "{\"messageId\":\"",
        "{\"messageId\":\"m\"}",
        "{\"text\":\"t\"}",
        "{\"messageId\":\"m\",\"text\":\"}",
        "{\"messageId\":\"m\",\"text\":\"\"",
        "{\"messageId\":\"m\",\"text\":\"t\\\"}",
        "{\"messageId\":\"m\\\",\"text\":\"t\"}",
        "{\"messageId\":\"m\",\"text\":\"a\"b\"}",
        "{\"messageId\":\"m\",\"text\":\"t\",\"x\":\"y\"}",
        "{\"messageId\":\"m\",\"text\":\"t\",\"text\":\"u\"}",
        "{\"messageId\":\"m\",\"text\":\"a\nb\"}",
        "{\"messageId\":\"m\",\"text\":\"\\x\"}",
        "{\"messageId\":\"m\",\"text\":\"\\u0000\"}",
        "{\"messageId\":\"m\",\"text\":\"\\ud800\"}",
        "{\"messageId\":\"m\",\"text\":\"\ud800\"}",
        "{\"messageId\":\"m\",\"text\":\"\udc00\"}",
        "{\"messageId\":\"m\",\"text\":\"\ud800x\"}",
        "{\"messageId\":\"\ud800\",\"text\":\"\"}",
        "{\"messageId\":\"m\",\"text\":7}"
      })
  void reads_no_damage_on_either_way(String payload) {
    assertThat(DeltaJson.MESSAGE.read(payload, MessageDelta::new)).isNull();
    assertThatThrownBy(() -> EventCodec.decode(stored("message.delta", payload)))
        .isInstanceOf(CorruptEvent.class);
  }
}
