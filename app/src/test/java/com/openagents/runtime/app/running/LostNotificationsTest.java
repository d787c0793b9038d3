package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A notification is a hint: what it would have told is found at the next look.
@Tag("G6")
@Tag("scenario-17")
class LostNotificationsTest {

  private static final String LISTENERS =
      "from pg_stat_activity where application_name = 'openagents-runtime hints'";

  /// Writes as a program would that knows nothing of notifications.
  private static final String WRITE_WITHOUT_NOTIFYING =
      """
      with grown as (
        update runtime.runs set last_seq = last_seq + 1, wake_at = clock_timestamp()
        where run_id = ? returning run_id, last_seq
      )
      insert into runtime.events (run_id, seq, occurred_at, version, type, payload)
      select run_id, last_seq, clock_timestamp(), 2, 'run.cancel_requested',
        '{"reason":"nobody was told","requestedBy":"owner"}'
      from grown
      """;

  @TempDir private Path folder = Path.of("");
  private RunningService service;

  @BeforeEach
  void start() {
    service = RunningService.in(folder, Map.of());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void what_nobody_was_told_of_reaches_the_readers_and_the_executor() throws Exception {
    RunId run = session();
    Reading reading = Reading.of(service.address(), run);
    service.sql(WRITE_WITHOUT_NOTIFYING, run.value());
    service.awaitStatus(run, "canceled");
    assertThat(reading.events().get(60, TimeUnit.SECONDS))
        .extracting(SseEvent::data)
        .anySatisfy(data -> assertThat(data).contains("nobody was told"));
  }

  @Test
  void listeners_that_were_killed_delay_a_reader_of_another_node_and_come_back() throws Exception {
    Service other = service.node(Map.of());
    RunningService.await(() -> listeners().size() == 2);
    RunId run = session();
    Reading reading = Reading.of(other.address(), run);
    List<String> killed = listeners();
    service.sql("select pg_terminate_backend(pid) " + LISTENERS);
    assertThat(service.client().cancel(run, "enough").successful()).isTrue();
    assertThat(reading.events().get(60, TimeUnit.SECONDS))
        .isEqualTo(RunningService.read(service.address(), run, "events"));
    RunningService.await(() -> newListeners(killed) == 2);
  }

  private RunId session() {
    RunId run = new RunId(UUID.randomUUID());
    service.start(
        RunningService.request(run, "echo")
            .put("lifecycle", "session")
            .put("firstFrame", RunningService.frame("f-1", "hello"))
            .build());
    service.awaitStatus(run, "waiting");
    return run;
  }

  /// The processes of the database that serve them.
  private List<String> listeners() {
    return service.sql("select pid " + LISTENERS);
  }

  private long newListeners(List<String> before) {
    return listeners().stream().filter(pid -> !before.contains(pid)).count();
  }

  /// A reader whose stream is open.
  private record Reading(CompletableFuture<List<SseEvent>> events) {
    static Reading of(URI address, RunId run) throws InterruptedException {
      CountDownLatch open = new CountDownLatch(1);
      List<SseEvent> seen = new ArrayList<>();
      var events =
          CompletableFuture.supplyAsync(() -> {
            RunningService.follow(
                address,
                run,
                "events",
                event -> {
                  seen.add(event);
                  open.countDown();
                });
            return seen;
          });
      assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();
      return new Reading(events);
    }
  }
}
