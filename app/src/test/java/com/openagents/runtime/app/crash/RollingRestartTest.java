package com.openagents.runtime.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.crash.Cluster.Reader;
import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.RuntimeUnreachable;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An old process drains after SIGTERM while a new one stands beside it.
@Tag("G7")
@Tag("scenario-7")
class RollingRestartTest {

  private static final int WORDS = 12;

  /// The exit status of a Java process that SIGTERM ended, whose shutdown hooks have run.
  private static final int TERMINATED = 128 + 15;

  /// Runs that nobody holds and that nobody is told to look at, though something is left to do.
  private static final String FORGOTTEN =
      """
      select run_id || ' ' || status from runtime.runs
      where ended_at is null and lease_owner is null and wake_at is null
        and (status <> 'waiting' or waiting_for <> 'frames')
      """;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void a_run_in_mid_turn_and_a_waiting_run_are_handed_over_and_end(@TempDir Path folder)
      throws Exception {
    try (ProviderDouble provider = ProviderDouble.answering(WORDS);
        Cluster cluster = Cluster.start(folder, provider)) {
      ServiceProcess old = cluster.node("old");
      RunId waiting = Cluster.startSession(old);
      assertThat(Cluster.client(old).send(waiting, Cluster.frame("f-1")).status()).isEqualTo(202);
      RunId midTurn = Cluster.start(old);
      assertThat(Cluster.owner(old, midTurn)).isEqualTo("old");
      ServiceProcess young = cluster.node("young");
      Reader reader = Cluster.follow(young, midTurn);
      provider.allow(3);
      reader.await(json -> json.contains("message.delta"));
      Cluster.await(() -> Cluster.waits(young, waiting));

      AtomicBoolean over = new AtomicBoolean();
      Future<List<String>> forgotten = threads.submit(() -> watch(cluster, over));
      Future<Integer> ending = threads.submit(old::terminate);
      Cluster.await(() -> servesNoMore(old));
      assertThat(Cluster.client(young).send(waiting, Cluster.frame("f-2")).status()).isEqualTo(202);
      provider.allow(10 * WORDS);

      List<String> events = reader.toTheEnd().stream().map(RollingRestartTest::data).toList();
      assertThat(events.getLast()).contains("run.completed");
      assertThat(events).noneMatch(json -> json.contains("run.executor_lost"));
      assertThat(ending.get()).isEqualTo(TERMINATED);
      assertThat(cluster.sql("select run_id from runtime.runs where lease_owner = 'old'"))
          .isEmpty();
      Cluster.await(() -> answered(young, waiting) == 2);
      assertThat(Cluster.client(young).cancel(waiting, null).successful()).isTrue();
      Cluster.await(() -> Cluster.has(young, waiting, "canceled"));
      over.set(true);
      assertThat(forgotten.get()).isEmpty();
    }
  }

  @Test
  void a_reader_of_the_old_process_goes_on_at_the_new_one_without_a_gap(@TempDir Path folder)
      throws Exception {
    try (ProviderDouble provider = ProviderDouble.answering(WORDS);
        Cluster cluster = Cluster.start(folder, provider)) {
      ServiceProcess old = cluster.node("old");
      RunId run = Cluster.start(old);
      Reader before = Cluster.follow(old, run);
      provider.allow(3);
      SseEvent seen = before.await(json -> json.contains("message.delta"));
      ServiceProcess young = cluster.node("young");

      Future<Integer> ending = threads.submit(old::terminate);
      Reader after = Cluster.followBehind(young, run, Long.parseLong(id(seen)));
      provider.allow(10 * WORDS);

      List<SseEvent> rest = after.toTheEnd();
      assertThat(ending.get()).isEqualTo(TERMINATED);
      List<SseEvent> whole = Cluster.follow(young, run).toTheEnd();
      assertThat(rest).isEqualTo(whole.subList(Integer.parseInt(id(seen)), whole.size()));
      assertThat(data(whole.getLast())).contains("run.completed");
    }
  }

  /// Looks again and again, and returns the runs that were seen forgotten.
  private static List<String> watch(Cluster cluster, AtomicBoolean over) throws SQLException {
    List<String> forgotten = List.of();
    while (!over.get() && forgotten.isEmpty()) {
      forgotten = cluster.sql(FORGOTTEN);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return forgotten;
  }

  private static boolean servesNoMore(ServiceProcess node) {
    try {
      Cluster.client(node).get("/health/live");
      return false;
    } catch (RuntimeUnreachable _) {
      return true;
    }
  }

  private static long answered(ServiceProcess node, RunId run) {
    Json.Obj page = Cluster.client(node).get("/internal/v1/runs/" + run + "/events").body();
    return ((Json.Arr) Objects.requireNonNull(page.get("events")))
        .items().stream()
            .filter(event -> Json.of("message.completed").equals(((Json.Obj) event).get("type")))
            .count();
  }

  private static String id(SseEvent block) {
    return Objects.requireNonNull(block.id());
  }

  private static String data(SseEvent block) {
    return Objects.requireNonNull(block.data());
  }
}
