package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.identity.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
