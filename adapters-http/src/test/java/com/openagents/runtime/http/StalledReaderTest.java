package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.stream.StreamSettings;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A reader that takes nothing costs a bounded number of bytes and disturbs nobody.
@Tag("scenario-18")
@Timeout(120)
class StalledReaderTest {

  /// Patient enough for a reader that reads, on a machine that is busy.
  private static final StreamSettings IMPATIENT =
      new StreamSettings(
          100, 64 << 10, Long.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(5));

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int EVENTS = 2_000;

  /// The bound, one block beyond it, and one piece that the container has taken to write.
  private static final long HELD_MAX = (64 << 10) + (9 << 10) + (64 << 10);

  private static final String EIGHT_KILOBYTES = "x".repeat(8 << 10);

  @Test
  void it_holds_a_bounded_number_of_bytes_is_cut_and_goes_on_after_its_last_id() throws Exception {
    try (Service service = new Service(Service.Settings.TRUSTING.with(IMPATIENT));
        RawConnection stalled = new RawConnection(service)) {
      service.unsigned().post("/internal/v1/runs", Started.idle(1));
      String target = Started.path(1) + "/stream?format=events";
      stalled.send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      awaitCount(service, 1);

      long held = 0;
      for (int i = 0; i < EVENTS; i++) {
        service.log().append(Drafts.deltas(Started.runId(1), Precondition.NONE, EIGHT_KILOBYTES));
        held = Math.max(held, service.open().heldBytes());
      }
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (service.open().stalledCount() == 0) {
        assertThat(System.nanoTime()).as("the reader is cut").isLessThan(deadline);
        held = Math.max(held, service.open().heldBytes());
        LockSupport.parkNanos(1_000_000);
      }
      awaitCount(service, 0);
      assertThat(held).isBetween((long) IMPATIENT.queuedBytesMax(), HELD_MAX);
      assertThat(service.open().heldBytes()).isZero();
      assertThat(service.open().stalledCount()).isEqualTo(1);

      service.unsigned().post(Started.path(1) + "/cancel", "{}");
      String whole = Streams.readToTheEnd(service.unsigned(), target);
      assertThat(whole).endsWith("data: [DONE]\n\n");
      assertGoesOn(service, target, stalled.rest(), Streams.blocks(whole));
    }
  }

  @Test
  void readers_that_take_nothing_are_cut_early_when_all_together_hold_too_much() throws Exception {
    StreamSettings tight =
        new StreamSettings(
            100, 64 << 10, 100 << 10, Duration.ofMillis(200), Duration.ofMinutes(10));
    try (Service service = new Service(Service.Settings.TRUSTING.with(tight));
        RawConnection one = new RawConnection(service);
        RawConnection another = new RawConnection(service)) {
      service.unsigned().post("/internal/v1/runs", Started.idle(1));
      for (RawConnection stalled : List.of(one, another)) {
        stalled.send(
            "GET " + Started.path(1) + "/stream?format=events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      }
      awaitCount(service, 2);
      for (int i = 0; i < EVENTS; i++) {
        service.log().append(Drafts.deltas(Started.runId(1), Precondition.NONE, EIGHT_KILOBYTES));
      }
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (service.open().stalledCount() == 0
          || service.open().heldBytes() > tight.heldBytesMax()) {
        assertThat(System.nanoTime()).as("readers are cut").isLessThan(deadline);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private static void assertGoesOn(Service service, String target, String cut, String whole) {
    assertThat(cut).as("no clean end in mid-run").doesNotContain("[DONE]", "\r\n0\r\n\r\n");
    String read = Streams.unchunked(cut);
    String seen = Streams.blocks(read.substring(0, read.lastIndexOf("\n\n") + 2));
    String lastId = seen.substring(seen.lastIndexOf("id: ") + 4).lines().findFirst().orElseThrow();
    String after = Streams.readToTheEnd(service.unsigned().with("Last-Event-ID", lastId), target);

    assertThat(Long.parseLong(lastId)).isBetween(1L, (long) EVENTS);
    assertThat(seen + Streams.blocks(after)).isEqualTo(whole);
  }

  @Test
  @Tag("scenario-19")
  void a_stream_at_rest_is_kept_alive() throws Exception {
    try (Service service = new Service(Service.Settings.TRUSTING.with(IMPATIENT))) {
      service.unsigned().post("/internal/v1/runs", Started.idle(1));
      try (var in = service.unsigned().open(Started.path(1) + "/stream?cursor=latest").body()) {
        StringBuilder read = new StringBuilder();
        while (!read.toString().endsWith("\n\n:\n\n:\n\n")) {
          int b = in.read();
          assertThat(b).isGreaterThanOrEqualTo(0);
          read.append((char) b);
        }
      }
    }
  }

  @Test
  @Tag("scenario-19")
  void a_sign_of_life_comes_every_fifteen_seconds() {
    assertThat(StreamSettings.DEFAULT.heartbeat()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  @Tag("scenario-19")
  void a_reader_that_goes_stops_nothing() throws Exception {
    try (Service service = new Service(Service.Settings.TRUSTING.with(IMPATIENT))) {
      service.unsigned().post("/internal/v1/runs", Started.idle(3));
      var reader = service.unsigned().open(Started.path(3) + "/stream");
      awaitCount(service, 1);
      reader.body().close();
      awaitCount(service, 0);

      assertThat(service.unsigned().get(Started.path(3) + "/events").text())
          .doesNotContain("run.cancel_requested", "run.canceled");
      service
          .unsigned()
          .post(
              Started.path(3) + "/frames",
              "{\"frameId\": \"end\", \"type\": \"finish\", \"payload\": {}}");
      Streams.readToTheEnd(service.unsigned(), Started.path(3) + "/stream");
      assertThat(service.unsigned().get(Started.path(3)).string("status")).isEqualTo("completed");
    }
  }

  private static void awaitCount(Service service, int count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (service.open().count() != count) {
      assertThat(System.nanoTime()).as("%d open streams", count).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
