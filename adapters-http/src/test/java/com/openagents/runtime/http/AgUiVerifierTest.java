package com.openagents.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.stream.AgUiMapping;
import com.openagents.runtime.stream.StreamRunner;
import com.openagents.runtime.testkit.generate.Events;
import com.openagents.runtime.testkit.generate.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a log holds, whole or aged, the official client of AG-UI takes its stream: its schemas
/// and its verifier, in one process over many streams.
@Tag("G6")
class AgUiVerifierTest {

  private static final int LOGS = 400;
  private static final RunId RUN = RunId.parse("0190a0c0-0000-7000-8000-000000000001");
  private static final Set<String> IDS =
      Set.of("messageId", "reasoningId", "toolCallId", "approvalId");

  @Test
  void every_stream_of_a_generated_log_is_taken(@TempDir Path folder) throws Exception {
    List<String> streams = new ArrayList<>();
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = log(Seeds.random(seed), 10 + seed % 90);
      streams.add(stream(seed % 2 == 0 ? log : aged(log)));
    }
    Path file = Files.write(folder.resolve("streams.ndjson"), streams);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "src/test/node/run", "ag-ui-streams.mjs")
            .redirectErrorStream(true);
    builder.environment().put("OA_AG_UI_STREAMS", file.toString());
    Process process = builder.start();

    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("pass 2");
  }

  /// Events of all types in any order, about few texts, calls and approvals.
  private static List<Envelope> log(RandomGenerator random, int length) {
    Events events = new Events(random);
    List<Event> log = new ArrayList<>();
    log.add(events.of(EventType.RUN_CREATED));
    while (log.size() < length) {
      log.add(about(random, events.any()));
    }
    log.add(new RunCompleted());
    List<Envelope> placed = new ArrayList<>();
    for (Event event : log) {
      placed.add(new Envelope(RUN, placed.size() + 1L, event, Instant.EPOCH, null, null));
    }
    return placed;
  }

  private static Event about(RandomGenerator random, Event event) {
    Map<String, Json> fields = new LinkedHashMap<>(EventCodec.payloadJson(event).fields());
    fields.replaceAll(
        (name, value) -> IDS.contains(name) ? Json.of("id-" + random.nextInt(2)) : value);
    return EventCodec.read(event.type(), event.version(), new Json.Obj(fields));
  }

  private static List<Envelope> aged(List<Envelope> log) {
    return log.stream().filter(e -> e.event().retention() != Retention.DELTA).toList();
  }

  /// One line: the stream's data as an array.
  private static String stream(List<Envelope> log) {
    StreamRunner<?> runner = new StreamRunner<>(new AgUiMapping().replay(), 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    log.forEach(envelope -> out.writeBytes(runner.next(envelope)));
    return out.toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring(6))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
