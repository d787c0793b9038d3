package com.openagents.runtime.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.RuntimeUnreachable;
import com.openagents.runtime.identity.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("G4")
@Tag("G7")
class DatabaseDiesTest {

  private static final int SENDERS = 8;
  private static final int FRAMES_BETWEEN_CRASHES = 100;

  /// More than it takes to start a database again, by far.
  private static final int TRIES_MAX = 2_000;

  @Test
  void every_acknowledged_frame_is_there_once_and_the_run_goes_on(@TempDir Path folder)
      throws Exception {
    try (Cluster cluster = Cluster.start(folder, ProviderDouble.answering(1))) {
      ServiceProcess node = cluster.node("only");
      RunId run = Cluster.startSession(node);
      ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
      AtomicBoolean enough = new AtomicBoolean();
      try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
          AutoCloseable _ = () -> enough.set(true)) {
        List<Future<?>> sending = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
          int number = sender;
          sending.add(senders.submit(() -> send(node, run, number, acknowledged, enough)));
        }
        for (int crash = 1; crash <= 2; crash++) {
          awaitFurther(acknowledged);
          kill(folder);
        }
        awaitFurther(acknowledged);
        enough.set(true);
        for (Future<?> sender : sending) {
          sender.get();
        }
      }
      Cluster.await(() -> Cluster.waits(node, run));
      List<Json.Obj> events = events(node, run);
      assertThat(frames(events)).containsExactlyInAnyOrderElementsOf(acknowledged);
      assertThat(answers(events)).isEqualTo(acknowledged.size());
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).get("seq")).isEqualTo(Json.of(i + 1));
      }
    }
  }

  /// Counted from now: what was sent while nobody looked says nothing about the server of now.
  private static void awaitFurther(ConcurrentLinkedQueue<String> acknowledged) {
    int wanted = acknowledged.size() + FRAMES_BETWEEN_CRASHES;
    Cluster.await(() -> acknowledged.size() >= wanted);
  }

  /// Sends frame after frame, each again and again until it is acknowledged.
  private static void send(
      ServiceProcess node,
      RunId run,
      int sender,
      ConcurrentLinkedQueue<String> acknowledged,
      AtomicBoolean enough) {
    RuntimeClient client = Cluster.client(node);
    for (int i = 0; !enough.get(); i++) {
      String frameId = "f-" + sender + "-" + i;
      for (int tries = 1; !taken(client, run, frameId); tries++) {
        assertThat(tries).as("tries of %s", frameId).isLessThan(TRIES_MAX);
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      acknowledged.add(frameId);
    }
  }

  private static boolean taken(RuntimeClient client, RunId run, String frameId) {
    try {
      Reply reply = client.send(run, Cluster.frame(frameId));
      if (!reply.successful() && reply.status() != 503) {
        throw new AssertionError("a frame was answered with " + reply);
      }
      return reply.successful();
    } catch (RuntimeUnreachable e) {
      return false;
    }
  }

  /// SIGKILL for the postmaster; its supervisor starts another.
  private static void kill(Path folder) throws Exception {
    Path pidFile;
    try (Stream<Path> files = Files.walk(folder)) {
      pidFile = files.filter(f -> f.endsWith("postmaster.pid")).findFirst().orElseThrow();
    }
    String pid = Files.readAllLines(pidFile).getFirst().strip();
    assertThat(new ProcessBuilder("kill", "-KILL", pid).start().waitFor()).isZero();
  }

  private static List<Json.Obj> events(ServiceProcess node, RunId run) {
    List<Json.Obj> events = new ArrayList<>();
    while (true) {
      Reply page =
          Cluster.client(node)
              .get("/internal/v1/runs/" + run + "/events?limit=1000&after=" + events.size());
      List<Json> items = ((Json.Arr) Objects.requireNonNull(page.body().get("events"))).items();
      if (items.isEmpty()) {
        return events;
      }
      items.forEach(item -> events.add((Json.Obj) item));
    }
  }

  private static List<String> frames(List<Json.Obj> events) {
    return events.stream()
        .filter(event -> Json.of("frame.accepted").equals(event.get("type")))
        .map(event -> (Json.Obj) Objects.requireNonNull(event.get("payload")))
        .map(payload -> ((Json.Str) Objects.requireNonNull(payload.get("frameId"))).value())
        .toList();
  }

  private static int answers(List<Json.Obj> events) {
    return (int)
        events.stream()
            .filter(event -> Json.of("message.completed").equals(event.get("type")))
            .map(event -> (Json.Obj) Objects.requireNonNull(event.get("payload")))
            .filter(payload -> Json.of("complete").equals(payload.get("outcome")))
            .count();
  }
}
