package com.openagents.runtime.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.crash.Cluster.Reader;
import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.http.client.RunStream;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("G6")
@Tag("scenario-20")
class CutConnectionsTest {

  private static final int WORDS = 10;
  private static final int CUTS = 300;

  @Test
  void a_reader_whose_connections_end_at_any_byte_has_the_bytes_of_an_uncut_stream(
      @TempDir Path folder) throws Exception {
    try (ProviderDouble provider = ProviderDouble.answering(WORDS);
        Cluster cluster = Cluster.start(folder, provider)) {
      ServiceProcess node = cluster.node("only");
      RunId run = canceledInMidAnswer(node, provider);

      assertAlwaysWhole(node, run, "events", 5000);
      assertAlwaysWhole(node, run, "ai-sdk", 3200);
    }
  }

  /// Its end closes the message as well, which the AI SDK is told in several blocks under one id.
  private static RunId canceledInMidAnswer(ServiceProcess node, ProviderDouble provider)
      throws Exception {
    RunId run = Cluster.start(node);
    Reader reader = Cluster.follow(node, run);
    provider.allow(WORDS / 2);
    reader.await(json -> json.contains("message.delta"));
    assertThat(Cluster.client(node).cancel(run, null).successful()).isTrue();
    reader.toTheEnd();
    return run;
  }

  /// @param most how many bytes a connection brings: about 2,400 of headers and padding, and then
  ///   enough for the longest group of blocks
  private static void assertAlwaysWhole(ServiceProcess node, RunId run, String format, int most)
      throws IOException {
    String whole = StreamText.whole(node, run, format);
    Random random = new Random(20);
    try (Front front = Front.cutting(node, () -> random.nextInt(1, most))) {
      RuntimeClient client = Cluster.client(front.address());
      while (front.cuts() < CUTS) {
        List<SseEvent> read = new ArrayList<>();
        new RunStream(client, run, format, _ -> {}).follow(Duration.ofSeconds(60), read::add);
        assertThat(StreamText.of(read))
            .as("%s after %d cuts", format, front.cuts())
            .isEqualTo(whole);
      }
    }
  }
}
