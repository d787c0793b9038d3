package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.run.Admission;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a loaded node refuses, and what it still takes.
class AdmissionTest {

  private static final int FRAMES = Service.QUEUED_MAX;
  private static final String RUN = Started.path(1);

  @Test
  void a_run_is_not_flooded_but_can_still_be_ended() {
    try (Service service = new Service(Service.Settings.SIGNED)) {
      service.store().log().append(Drafts.start(Started.runId(1)));
      int taken = 0;
      Reply reply = frame(service, 0);
      while (reply.status() == 202 && taken < 2 * FRAMES) {
        taken++;
        reply = frame(service, taken);
      }

      assertThat(reply.refusal()).isEqualTo("429 rate_limited");
      assertThat(reply.header("Retry-After")).isEqualTo("2");
      assertThat(taken).isBetween(FRAMES, FRAMES + FRAMES / 4);
      assertThat(frame(service, taken).refusal()).isEqualTo("429 rate_limited");
      assertThat(service.refused())
          .containsOnly("POST /internal/v1/runs/{runId}/frames queued_frames_per_run");
      assertThat(frame(service, 0).status()).isEqualTo(200);
      assertThat(
              service
                  .client()
                  .post(
                      RUN + "/frames",
                      "{\"frameId\": \"end\", \"type\": \"finish\", \"payload\": {}}")
                  .status())
          .isEqualTo(202);
    }
  }

  private static Reply frame(Service service, int number) {
    String body =
        "{\"frameId\": \"n%d\", \"type\": \"note\", \"payload\": {\"text\": \"x\"}}"
            .formatted(number);
    return service.client().post(RUN + "/frames", body);
  }

  @Test
  void a_degraded_node_starts_and_forks_nothing_and_takes_frames() {
    Admission degraded = () -> Optional.of(Duration.ofSeconds(7));
    try (Service service = new Service(Service.Settings.SIGNED.with(degraded))) {
      service.store().log().append(Drafts.start(Started.runId(1)));
      Reply start = service.client().post("/internal/v1/runs", Started.idle(2));

      assertThat(start.refusal()).isEqualTo("503 overloaded");
      assertThat(start.header("Retry-After")).isEqualTo("7");
      assertThat(service.client().post(RUN + "/fork", Started.fork(3, 1)).refusal())
          .isEqualTo("503 overloaded");
      assertThat(frame(service, 0).status()).isEqualTo(202);
    }
  }

  @Test
  void a_node_on_which_too_many_frames_wait_takes_only_what_lets_runs_end() {
    Admission full =
        new Admission() {
          @Override
          public Optional<Duration> pauseBeforeStart() {
            return Optional.empty();
          }

          @Override
          public Optional<Duration> pauseBeforeFrame() {
            return Optional.of(Duration.ofSeconds(3));
          }
        };
    try (Service service = new Service(Service.Settings.SIGNED.with(full))) {
      service.store().log().append(Drafts.start(Started.runId(1)));
      Reply frame = frame(service, 0);

      assertThat(frame.refusal()).isEqualTo("429 rate_limited");
      assertThat(frame.header("Retry-After")).isEqualTo("3");
      String end = "{\"frameId\": \"end\", \"type\": \"finish\", \"payload\": {}}";
      assertThat(service.client().post(RUN + "/frames", end).status()).isEqualTo(202);
    }
  }

  @Test
  void every_call_is_heard_of_by_its_route_and_status_once() {
    try (Service service = new Service(Service.Settings.SIGNED)) {
      service.client().post("/internal/v1/runs", Started.echo(1, "hello"));
      Streams.readToTheEnd(service.client(), RUN + "/stream");
      service.client().get(Started.path(9));
      service.unsigned().get(RUN);
      service.client().get("/internal/v1/nothing");

      assertThat(service.answered())
          .containsExactly(
              "POST /internal/v1/runs 202",
              "GET /internal/v1/runs/{runId}/stream 200",
              "GET /internal/v1/runs/{runId} 404",
              "GET /internal/v1/runs/{runId} 401",
              "none 404");
    }
  }
}
