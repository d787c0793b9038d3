package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Logs of one run, written by hand.
public final class Logs {

  static final RunId RUN = RunId.parse("0190a0c0-0000-7000-8000-000000000001");
  static final Digest DIGEST = Digest.ofText("");
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private Logs() {}

  /// The events in their places: sequences from 1, one a millisecond.
  static List<Envelope> of(Event... events) {
    return of(List.of(events));
  }

  public static List<Envelope> of(List<Event> events) {
    List<Envelope> log = new ArrayList<>();
    for (Event event : events) {
      long seq = log.size() + 1L;
      log.add(new Envelope(RUN, seq, event, BEGIN.plusMillis(seq), null, seq > 2 ? 1L : null));
    }
    return log;
  }

  static List<Envelope> withoutDeltas(List<Envelope> log) {
    return log.stream().filter(e -> e.event().retention() != Retention.DELTA).toList();
  }

  static RunCreated created() {
    RunSpec spec =
        new RunSpec(
            new ThreadId("thread-1"),
            new Principal.User(1),
            new RunSpec.AgentRef("echo", 1),
            RunSpec.Lifecycle.TURN,
            RunSpec.WhileBusy.ENQUEUE,
            new RunSpec.Session(null, true),
            RunSpec.ToolPolicy.OPEN,
            null,
            null,
            null,
            Json.Obj.EMPTY);
    return new RunCreated(spec, DIGEST);
  }
}
