package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The raw format shows each event in its public form.
class EventsMappingTest {

  @Test
  void every_event_is_its_public_json() {
    List<Event> events = new ArrayList<>(RandomLog.of(new Random(1), 300));
    GoldenLogs.all().values().forEach(events::addAll);
    EventsMapping mapping = new EventsMapping();
    for (Envelope envelope : Logs.of(events)) {
      assertThat(mapping.next(mapping.initial(), envelope).chunks())
          .extracting(Chunk::json)
          .containsExactly(CanonicalJson.write(EventCodec.toJson(envelope)));
    }
  }

  /// A newer node may mean something else by the same fields; its readers get them as they stand.
  @Test
  @Tag("G16")
  void a_delta_of_a_newer_version_is_shown_as_it_stands_and_is_no_text_to_the_ai_sdk() {
    Json.Obj payload = Json.object().put("messageId", "m").put("text", "well").build();
    Envelope first = Logs.of(Logs.created()).getFirst();
    Envelope newer =
        EventCodec.decode(
            new StoredEvent(
                first.runId(),
                2,
                "message.delta",
                2,
                CanonicalJson.write(payload),
                first.occurredAt(),
                null,
                null));
    assertThat(newer.event()).isEqualTo(new Event.Unrecognized("message.delta", 2, payload));
    assertThat(new EventsMapping().next(new EventsMapping().initial(), newer).chunks())
        .singleElement()
        .satisfies(chunk ->
            assertThat(chunk.json())
                .contains(
                    "\"payload\":{\"messageId\":\"m\",\"text\":\"well\"}",
                    "\"type\":\"message.delta\",\"version\":2"));
    assertThat(bytes(new AiSdkMapping(5), first, newer)).endsWith("\n\nid: 2\n\n");
  }

  private static String bytes(Mapping<?> format, Envelope... log) {
    StreamRunner<?> runner = new StreamRunner<>(format, 0);
    StringBuilder out = new StringBuilder();
    for (Envelope envelope : log) {
      out.append(new String(runner.next(envelope), StandardCharsets.UTF_8));
    }
    return out.toString();
  }

  @Test
  void the_trace_of_a_request_is_shown() {
    TraceId trace = new TraceId("0af7651916cd43dd8448eb211c80319c");
    Envelope first = Logs.of(Logs.created()).getFirst();
    Envelope traced =
        new Envelope(first.runId(), 1, first.event(), first.occurredAt(), trace, null);
    EventsMapping mapping = new EventsMapping();
    assertThat(mapping.next(mapping.initial(), traced).chunks())
        .extracting(Chunk::json)
        .containsExactly(CanonicalJson.write(EventCodec.toJson(traced)));
  }
}
