package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.stream.StreamSettings;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A reader that takes nothing costs a bounded number of bytes and disturbs nobody.
@Tag("scenario-18")
@Timeout(120)
class StalledReaderTest {

  private static final StreamSettings IMPATIENT =
      new StreamSettings(100, 64 << 10, Duration.ofMillis(200), Duration.ofMillis(500));
  private static final int EVENTS = 2_000;
  private static final String EIGHT_KILOBYTES = "x".repeat(8 << 10);

  @Test
  void it_is_cut_and_others_read_on() throws Exception {
    try (Service service = new Service(Service.Settings.TRUSTING.with(IMPATIENT));
        RawConnection stalled = new RawConnection(service)) {
      service.unsigned().post("/internal/v1/runs", Started.idle(1));
      String target = Started.path(1) + "/stream?format=events";
      stalled.send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      awaitCount(service, 1);
      for (int i = 0; i < EVENTS; i++) {
        service.log().append(Drafts.deltas(Started.runId(1), Precondition.NONE, EIGHT_KILOBYTES));
      }
      service.unsigned().post(Started.path(1) + "/cancel", "{}");

      String whole = Streams.readToTheEnd(service.unsigned(), target);
      assertThat(whole).endsWith("data: [DONE]\n\n");
      while (service.open().stalledCount() == 0) {
        LockSupport.parkNanos(1_000_000);
      }
      awaitCount(service, 0);
      assertThat(service.open().stalledCount()).isEqualTo(1);
      assertThat(stalled.rest())
          .as("no clean end in mid-run")
          .doesNotContain("[DONE]", "\r\n0\r\n\r\n");
    }
  }

  @Test
  void it_can_come_back_with_its_cursor() {
    try (Service service = new Service(Service.Settings.TRUSTING.with(IMPATIENT))) {
      service.unsigned().post("/internal/v1/runs", Started.idle(1));
      for (int i = 0; i < EVENTS; i++) {
        service.log().append(Drafts.deltas(Started.runId(1), Precondition.NONE, EIGHT_KILOBYTES));
      }
      service.unsigned().post(Started.path(1) + "/cancel", "{}");
      String stream = Started.path(1) + "/stream?format=events";
      String whole = Streams.blocks(Streams.readToTheEnd(service.unsigned(), stream));
      int cut = whole.indexOf("\n\n", whole.indexOf("id: 200\n")) + 2;

      assertThat(Streams.blocks(Streams.readToTheEnd(service.unsigned(), stream + "&cursor=200")))
          .isEqualTo(whole.substring(cut));
    }
  }

  @Test
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

  private static void awaitCount(Service service, int count) {
    while (service.open().count() != count) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
