package com.openagents.runtime.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.crash.Cluster.Reader;
import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.identity.RunId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run goes on at a node of its own, while the nodes that its readers are attached to are killed
/// one after the other.
@Tag("G6")
@Tag("G7")
@Tag("scenario-20")
class ServingNodesDieTest {

  private static final int KILLS = Integer.getInteger("serving.kills", 6);
  private static final int WORDS_A_KILL = 3;
  private static final int WORDS = WORDS_A_KILL * KILLS + 10;
  private static final List<String> SERVING = List.of("one", "two", "three");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void their_readers_have_the_bytes_of_a_stream_that_was_never_cut(@TempDir Path folder)
      throws Exception {
    try (ProviderDouble provider = ProviderDouble.answering(WORDS);
        Cluster cluster = Cluster.start(folder, provider)) {
      ServiceProcess executing = cluster.node("executing", Map.of("OA_LEASE_TTL", "60s"));
      RunId run = Cluster.start(executing);
      assertThat(Cluster.owner(executing, run)).isEqualTo("executing");
      List<Future<ServiceProcess>> serving = new ArrayList<>();
      SERVING.forEach(name -> serving.add(start(cluster, name)));

      try (Front front = Front.before(serving.getFirst().get())) {
        List<Reader> readers = List.of(follow(front, run, "events"), follow(front, run, "ai-sdk"));
        for (int kill = 0; kill < KILLS; kill++) {
          int now = kill % SERVING.size();
          provider.allow(1);
          hear(readers, "w1." + (WORDS_A_KILL * kill + 1) + " ");
          front.pointAt(serving.get((kill + 1) % SERVING.size()).get());
          provider.allow(WORDS_A_KILL - 1);
          serving.get(now).get().kill();
          serving.set(now, start(cluster, SERVING.get(now)));
        }
        provider.allow(WORDS);

        assertThat(StreamText.of(readers.getFirst().toTheEnd()))
            .isEqualTo(StreamText.whole(executing, run, "events"));
        assertThat(StreamText.of(readers.getLast().toTheEnd()))
            .isEqualTo(StreamText.whole(executing, run, "ai-sdk"));
      }
      for (Future<ServiceProcess> node : serving) {
        node.get();
      }
    }
  }

  private Future<ServiceProcess> start(Cluster cluster, String name) {
    return threads.submit(() -> cluster.node(name, Map.of("OA_MIGRATE_ON_START", "false")));
  }

  private static Reader follow(Front front, RunId run, String format) {
    return Cluster.follow(front.address(), run, format);
  }

  /// Only the node that serves now can have told of a word that was said after the one before died.
  private static void hear(List<Reader> readers, String word) throws InterruptedException {
    for (Reader reader : readers) {
      reader.await(json -> json.contains(word));
    }
  }
}
