package com.openagents.runtime.http.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.intake.RunReads.EventPage;
import java.util.ArrayList;
import java.util.List;

/// How events are shown in pages.
public final class Events {

  static final Schema SCHEMA =
      Schema.object("Envelope")
          .field("runId", Schema.UUID)
          .field("seq", Schema.COUNT)
          .field("type", Schema.TEXT)
          .field("version", Schema.COUNT)
          .field("payload", Schema.FREE)
          .field("occurredAt", Schema.TIME)
          .fieldIfAny("traceId", Schema.TEXT)
          .fieldIfAny("epoch", Schema.COUNT)
          .fieldIfAny("hash", Schema.TEXT)
          .closed();

  /// A range of sequences whose events have aged out.
  public static final Schema AGED =
      Schema.object("AgedRange").field("from", Schema.COUNT).field("to", Schema.COUNT).closed();

  private Events() {}

  /// The ranges of a page whose events have aged out.
  static Json.Arr aged(EventPage page, long after) {
    List<Json> ranges = new ArrayList<>();
    long expected = after + 1;
    for (StoredEvent event : page.events()) {
      if (event.seq() > expected) {
        ranges.add(Json.object().put("from", expected).put("to", event.seq() - 1).build());
      }
      expected = event.seq() + 1;
    }
    return Json.array(ranges);
  }
}
