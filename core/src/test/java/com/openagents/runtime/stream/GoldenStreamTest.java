package com.openagents.runtime.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bytes of a run's stream are on file, in every format; official clients read the same files.
///
/// After a change on purpose, look at what the test has left in `target/golden` and copy it.
@Tag("G6")
class GoldenStreamTest {

  private static final Path FILES = Path.of("src/test/resources/stream");
  private static final Path ACTUAL = Path.of("target/golden");

  @ParameterizedTest
  @CsvSource({
    "answer,events",
    "answer,ai-sdk-5",
    "answer,ag-ui",
    "interrupted,events",
    "interrupted,ai-sdk-5",
    "interrupted,ag-ui",
    "failed,events",
    "failed,ai-sdk-5",
    "failed,ag-ui",
    "canceled,events",
    "canceled,ai-sdk-5",
    "canceled,ag-ui",
    "tools,events",
    "tools,ai-sdk-5",
    "tools,ai-sdk-6",
    "tools,ai-sdk-7",
    "tools,ag-ui",
    "session,events",
    "session,ai-sdk-5",
    "session,ag-ui",
    "forked,events",
    "forked,ai-sdk-5",
    "forked,ai-sdk-6",
    "forked,ai-sdk-7",
    "forked,ag-ui"
  })
  void a_stream_has_the_bytes_on_file(String log, String format) throws IOException {
    String name = log + "." + format + ".sse";
    byte[] actual =
        stream(
            requireNonNull(GoldenLogs.all().get(log)),
            requireNonNull(GoldenLogs.FORMATS.get(format)));
    Files.createDirectories(ACTUAL);
    Files.write(ACTUAL.resolve(name), actual);
    assertThat(FILES.resolve(name)).hasBinaryContent(actual);
  }

  private static byte[] stream(List<Event> events, Mapping<?> format) {
    StreamRunner<?> runner = new StreamRunner<>(format, 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Envelope envelope : Logs.of(events)) {
      out.writeBytes(runner.next(envelope));
    }
    return out.toByteArray();
  }
}
