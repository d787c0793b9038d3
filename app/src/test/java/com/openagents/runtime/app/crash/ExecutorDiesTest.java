package com.openagents.runtime.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.crash.Cluster.Reader;
import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("G3")
@Tag("G7")
class ExecutorDiesTest {

  private static final int WORDS = 2000;

  @Test
  void a_reader_of_another_node_sees_a_killed_executors_run_go_on_and_end(@TempDir Path folder)
      throws Exception {
    try (Cluster cluster = Cluster.start(folder, provider())) {
      ServiceProcess a = cluster.node("a");
      ServiceProcess b = cluster.node("b");
      RunId run = Cluster.start(a);
      String owner = Cluster.owner(a, run);
      ServiceProcess other = owner.equals("a") ? b : a;
      Reader reader = Cluster.follow(other, run);
      provider.allow(3);
      reader.await(json -> json.contains("message.delta"));

      cluster.named(owner).kill();
      provider.allow(10 * WORDS);

      List<Json.Obj> events = parsed(reader.toTheEnd());
      LogTable table = assertOneLog(cluster, run, events);
      assertThat(table.types())
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
      ServiceProcess a = cluster.node("a");
      ServiceProcess b = cluster.node("b");
      RunId run = Cluster.start(a);
      String owner = Cluster.owner(a, run);
      ServiceProcess other = owner.equals("a") ? b : a;
      Reader reader = Cluster.follow(other, run);
      provider.allow(3);
      reader.await(json -> json.contains("message.delta"));

      cluster.named(owner).pause();
      provider.allow(3);
      reader.await(json -> json.contains("run.resumed"));
      cluster.named(owner).resume();
      awaitHangingUp(other, run);
      provider.allow(10 * WORDS);

      List<Json.Obj> events = parsed(reader.toTheEnd());
      assertOneLog(cluster, run, events);
      assertThat(provider.abandoned()).isPositive();
      List<Json.Obj> later = parsed(Cluster.follow(other, run).toTheEnd());
      assertThat(later).isEqualTo(events);
    }
  }

  @Test
  @Tag("scenario-1")
  void the_only_node_stopped_past_its_lease_takes_its_own_run_over_under_a_new_epoch(
      @TempDir Path folder) throws Exception {
    try (Cluster cluster = Cluster.start(folder, provider())) {
      ServiceProcess only = cluster.node("only");
      RunId run = Cluster.start(only);
      Reader reader = Cluster.follow(only, run);
      provider.allow(3);
      reader.await(json -> json.contains("message.delta"));

      only.pause();
      provider.allow(3);
      Cluster.awaitExpiry(cluster, run);
      only.resume();
      reader.await(json -> json.contains("run.resumed"));
      awaitHangingUp(only, run);
      provider.allow(10 * WORDS);

      assertOneLog(cluster, run, parsed(reader.toTheEnd()));
      assertThat(provider.abandoned()).isPositive();
    }
  }

  private final ProviderDouble provider;

  ExecutorDiesTest() throws Exception {
    provider = ProviderDouble.answering(WORDS);
  }

  private ProviderDouble provider() {
    return provider;
  }

  /// Waits until the stopped executor has noticed its loss and given up its call of the model, or
  /// has wrongly brought the run to its end.
  private void awaitHangingUp(ServiceProcess asked, RunId run) {
    Cluster.await(() -> {
      provider.allow(2);
      return provider.abandoned() > 0 || Cluster.has(asked, run, "completed");
    });
  }

  private static List<Json.Obj> parsed(List<SseEvent> blocks) {
    return blocks.stream()
        .map(
            block -> JsonReader.readObject(Objects.requireNonNull(block.data()), JsonLimits.STORED))
        .toList();
  }

  /// The table and the stream tell the same, and the table nothing of a lost executor.
  private static LogTable assertOneLog(Cluster cluster, RunId run, List<Json.Obj> streamed)
      throws SQLException {
    LogTable table = LogTable.of(cluster, run);
    table.assertSilenceOfLostExecutors();
    table.assertEndedOnceWithoutGap();
    assertThat(streamed.stream().map(event -> ((Json.Str) field(event, "type")).value()))
        .containsExactlyElementsOf(table.types());
    return table;
  }

  private static Json field(Json.Obj event, String name) {
    return Objects.requireNonNull(event.get(name));
  }
}
