package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.log.Column.bytea;
import static com.openagents.runtime.postgres.log.Column.int4;
import static com.openagents.runtime.postgres.log.Column.int8;
import static com.openagents.runtime.postgres.log.Column.text;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.FrameKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The events of writes as the append statements take them, column by column in their order.
final class EventColumns {

  /// An event as it is stored.
  static final List<Column<Placed>> EVENT =
      List.of(int4(p -> p.event().version()), text(p -> p.event().type()), text(Placed::payload));

  /// Where an event belongs, and what it shares with the others of its write.
  static final List<Column<Placed>> PLACE =
      List.of(
          int4(Placed::write),
          int4(Placed::place),
          int8(p -> p.append().epochOf(p.place() - 1)),
          text(p -> traceId(p.append())));

  /// What a frame has beside its event.
  static final List<Column<Placed>> FRAME =
      List.of(
          text(p -> part(p.append(), key -> key.frameId().value())),
          bytea(p -> part(p.append(), key -> key.content().bytes())),
          text(p -> traceId(p.append())));

  private EventColumns() {}

  private static <V> @Nullable V part(Append append, Function<FrameKey, V> part) {
    return append.frame() == null ? null : part.apply(append.frame());
  }

  static @Nullable String traceId(Append append) {
    return append.traceId() == null ? null : append.traceId().value();
  }

  /// An event of one of many writes.
  ///
  /// @param write the write's place in the statement, from 1
  /// @param place the event's place in its write, from 1
  record Placed(int write, int place, Append append, Event.Known event, String payload) {

    static List<Placed> of(List<PreparedWrite> writes) {
      List<Placed> events = new ArrayList<>(writes.size());
      for (int w = 0; w < writes.size(); w++) {
        Append append = writes.get(w).append();
        List<String> payloads = writes.get(w).payloads();
        for (int i = 0; i < payloads.size(); i++) {
          Event.Known event = append.events().get(i);
          events.add(new Placed(w + 1, i + 1, append, event, payloads.get(i)));
        }
      }
      return events;
    }
  }
}
