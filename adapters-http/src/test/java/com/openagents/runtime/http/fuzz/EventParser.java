package com.openagents.runtime.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.event.CorruptEvent;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// What a store gives back: a line with the type, its version as one digit, and the payload behind
/// it.
///
/// A type is a word of letters, dots and underscores, for the store has no others.
///
/// The law: a payload is read or corrupt; what is read is stored anew and read back equal, and has
/// a public form.
final class EventParser implements Parser {

  private static final RunId RUN = new RunId(new UUID(7, 9));

  @Override
  public boolean takes(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
    String head = parts[0];
    int digit = head.isEmpty() ? -1 : Character.digit(head.charAt(head.length() - 1), 10);
    String type = head.replaceAll("[^a-z._]", "");
    StoredEvent stored = stored(type, Math.max(digit, 0), parts.length < 2 ? "" : parts[1]);
    Event event;
    try {
      event = EventCodec.decode(stored).event();
    } catch (CorruptEvent corrupt) {
      assertThat(corrupt.seq()).isEqualTo(stored.seq());
      return false;
    }
    StoredEvent again = stored(event.type(), event.version(), EventCodec.payload(event));
    Envelope back = EventCodec.decode(again);
    assertThat(back.event()).isEqualTo(event);
    assertThat(EventCodec.payload(back.event())).isEqualTo(again.payload());
    assertThat(CanonicalJson.write(EventCodec.toJson(back)))
        .isEqualTo(CanonicalJson.write(EventCodec.toJson(again)));
    return true;
  }

  private static StoredEvent stored(String type, int version, String payload) {
    return new StoredEvent(RUN, 3, type, version, payload, Instant.EPOCH, null, 1L);
  }
}
