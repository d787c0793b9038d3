package com.openagents.runtime.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.crash.Cluster.Reader;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("G3")
@Tag("G7")
class ExecutorDiesTest {

  private static final int WORDS = 12;

  @Test
  void a_reader_of_another_node_sees_a_killed_executors_run_go_on_and_end(@TempDir Path folder)
      throws Exception {
    try (Cluster cluster = Cluster.start(folder, provider())) {
      RuntimeProcess a = cluster.node("a");
      RuntimeProcess b = cluster.node("b");
      RunId run = Cluster.start(a);
      String owner = Cluster.owner(a, run);
      RuntimeProcess other = owner.equals("a") ? b : a;
      Reader reader = Cluster.follow(other, run);
      provider.allow(3);
      reader.await(json -> json.contains("message.delta"));

      cluster.named(owner).kill();
      provider.allow(10 * WORDS);

      List<Json.Obj> events = parsed(reader.toTheEnd());
      assertGapFree(events);
      assertThat(types(events))
          .containsSubsequence(
              "message.delta",
              "run.executor_lost",
              "message.completed",
              "message.started",
              "message.completed",
              "run.completed");
    }
  }

  @Test
  @Tag("scenario-1")
  void a_stopped_executor_that_wakes_after_its_lease_writes_nothing(@TempDir Path folder)
      throws Exception {
    try (Cluster cluster = Cluster.start(folder, provider())) {
      RuntimeProcess a = cluster.node("a");
      RuntimeProcess b = cluster.node("b");
      RunId run = Cluster.start(a);
      String owner = Cluster.owner(a, run);
      RuntimeProcess other = owner.equals("a") ? b : a;
      Reader reader = Cluster.follow(other, run);
      provider.allow(3);
      reader.await(json -> json.contains("message.delta"));

      cluster.named(owner).pause();
      reader.await(json -> json.contains("run.resumed"));
      cluster.named(owner).resume();
      provider.allow(10 * WORDS);

      List<Json.Obj> events = parsed(reader.toTheEnd());
      assertGapFree(events);
      assertNothingFromBefore(events);
      List<Json.Obj> later = parsed(Cluster.follow(other, run).toTheEnd());
      assertThat(later).isEqualTo(events);
    }
  }

  @Test
  @Tag("scenario-1")
  void the_only_node_stopped_past_its_lease_takes_its_own_run_over_under_a_new_epoch(
      @TempDir Path folder) throws Exception {
    try (Cluster cluster = Cluster.start(folder, provider())) {
      RuntimeProcess only = cluster.node("only");
      RunId run = Cluster.start(only);
      Reader reader = Cluster.follow(only, run);
      provider.allow(3);
      reader.await(json -> json.contains("message.delta"));

      only.pause();
      Cluster.awaitExpiry(cluster, run);
      only.resume();
      reader.await(json -> json.contains("run.resumed"));
      provider.allow(10 * WORDS);

      List<Json.Obj> events = parsed(reader.toTheEnd());
      assertGapFree(events);
      assertNothingFromBefore(events);
    }
  }

  private final ProviderDouble provider;

  ExecutorDiesTest() throws Exception {
    provider = ProviderDouble.answering(WORDS);
  }

  private ProviderDouble provider() {
    return provider;
  }

  private static List<Json.Obj> parsed(List<SseEvent> blocks) {
    return blocks.stream()
        .map(
            block -> JsonReader.readObject(Objects.requireNonNull(block.data()), JsonLimits.STORED))
        .toList();
  }

  private static List<String> types(List<Json.Obj> events) {
    return events.stream().map(event -> ((Json.Str) field(event, "type")).value()).toList();
  }

  private static void assertGapFree(List<Json.Obj> events) {
    assertThat(events.stream().map(event -> (long) ((Json.Num) field(event, "seq")).value()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }

  /// After a takeover no event carries an epoch from before it.
  private static void assertNothingFromBefore(List<Json.Obj> events) {
    double highest = 0;
    for (Json.Obj event : events) {
      if (event.get("epoch") instanceof Json.Num(double epoch)) {
        assertThat(epoch).isGreaterThanOrEqualTo(highest);
        highest = epoch;
      }
    }
    assertThat(highest).isGreaterThan(1);
  }

  private static Json field(Json.Obj event, String name) {
    return Objects.requireNonNull(event.get(name));
  }
}
