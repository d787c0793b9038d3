package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How the service says that it is well, and what it says when it is not.
class HealthCallsTest {

  @Test
  void a_service_that_is_well_says_so_to_everybody() {
    try (Service service = new Service(Service.Settings.SIGNED)) {
      assertThat(service.unsigned().get("/health/live").string("status")).isEqualTo("live");
      assertThat(service.unsigned().get("/health/ready").string("status")).isEqualTo("ready");
      assertThat(service.unsigned().get("/metrics").text()).contains("up 1");
    }
  }

  @Test
  void no_browser_guesses_what_an_answer_is() {
    try (Service service = new Service(Service.Settings.SIGNED)) {
      for (String target : List.of("/health/live", "/metrics", "/docs", "/nowhere")) {
        assertThat(service.unsigned().get(target).header("X-Content-Type-Options"))
            .as(target)
            .isEqualTo("nosniff");
      }
    }
  }

  @Test
  void a_service_that_is_not_ready_says_why() {
    try (Service service = new Service(Service.Settings.SIGNED.notReady())) {
      Reply ready = service.unsigned().get("/health/ready");

      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.string("checks", 0, "name")).isEqualTo("store");
      assertThat(ready.flag("checks", 0, "ready")).isFalse();
    }
  }

  @Test
  void a_full_node_refuses_new_runs_and_takes_frames_of_others() {
    boolean[] full = {false};
    try (Service service =
        new Service(
            Service.Settings.SIGNED.with(
                () -> full[0] ? Optional.of(Duration.ofSeconds(7)) : Optional.empty()))) {
      service.client().post("/internal/v1/runs", Started.idle(1));
      full[0] = true;
      Reply refused = service.client().post("/internal/v1/runs", Started.idle(2));

      assertThat(refused.refusal()).isEqualTo("503 overloaded");
      assertThat(refused.header("Retry-After")).isEqualTo("7");
      assertThat(
              service.client().post(Started.path(1) + "/frames", Started.frame("f", "x")).status())
          .isEqualTo(202);
    }
  }

  @Test
  void streams_beyond_the_limit_are_refused() throws Exception {
    StreamSettings one =
        new StreamSettings(1, 1 << 16, 1 << 20, Duration.ofSeconds(15), Duration.ofSeconds(30));
    try (Service service = new Service(Service.Settings.SIGNED.with(one))) {
      service.client().post("/internal/v1/runs", Started.idle(1));
      var open = service.client().open(Started.path(1) + "/stream");
      Reply refused = service.client().get(Started.path(1) + "/stream");

      assertThat(refused.refusal()).isEqualTo("503 overloaded");
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      open.body().close();
    }
  }
}
