package com.openagents.runtime.projection;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.stream.GoldenLogs;
import com.openagents.runtime.stream.Logs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is told of the runs of [GoldenLogs], all of them on one thread: documents and rows, one in
/// a line.
final class GoldenDocuments {

  private GoldenDocuments() {}

  /// Writes every line into a file, whatever the machine speaks.
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), String.join("", all().values()));
  }

  /// By the name of the log; what is told of their thread comes last.
  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    ThreadSummary thread = null;
    int number = 0;
    for (Map.Entry<String, List<Event>> log : GoldenLogs.all().entrySet()) {
      RunDocuments run = null;
      List<String> rows = new ArrayList<>();
      for (StoredEvent event : stored(log.getValue(), ++number)) {
        RunDocuments.Applied one = RunDocuments.apply(RunProjections.BUILT_IN, run, event);
        run = one.after();
        thread = one.thread(thread);
        one.rows().forEach(row -> rows.add(line(row)));
      }
      all.put(log.getKey(), text(run) + String.join("", rows));
    }
    all.put("thread", thread == null ? "" : thread.document().text() + "\n");
    return all;
  }

  private static String text(@Nullable RunDocuments run) {
    StringBuilder text = new StringBuilder();
    if (run != null) {
      run.documents().forEach(document -> text.append(document.text()).append('\n'));
    }
    return text.toString();
  }

  private static List<StoredEvent> stored(List<Event> events, int number) {
    RunId runId = new RunId(new UUID(0x0190_a0c0_0000_7000L, 0x8000_0000_0000_0000L + number));
    return Logs.of(events).stream().map(envelope -> stored(runId, envelope)).toList();
  }

  private static StoredEvent stored(RunId runId, Envelope envelope) {
    Event event = envelope.event();
    return new StoredEvent(
        runId,
        envelope.seq(),
        event.type(),
        event.version(),
        EventCodec.payload(event),
        envelope.occurredAt(),
        envelope.traceId(),
        envelope.epoch());
  }

  private static String line(ReadRow row) {
    Json.Builder line =
        Json.object()
            .put("id", row.id())
            .put("runId", row.run().runId().toString())
            .put("seq", row.seq())
            .put("at", row.at());
    Json.Obj whole =
        switch (row) {
          case ReadRow.Step step -> line.put("type", step.type()).build();
          case ReadRow.Message said ->
              line.put("role", said.role())
                  .put("text", said.text())
                  .put("interrupted", said.interrupted())
                  .build();
        };
    return CanonicalJson.write(whole) + "\n";
  }
}
