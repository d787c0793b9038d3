package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What ties a call to those before it is taken, told, and found again on events.
class TraceCallsTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_trace_is_told_and_found_again_on_events() {
    Reply reply =
        service
            .client()
            .with("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
            .with("tracestate", "vendor=1")
            .with("X-Request-Id", "request-1")
            .post("/internal/v1/runs", Started.idle(1));

    assertThat(reply.header("traceparent")).startsWith("00-" + TRACE + "-").endsWith("-01");
    assertThat(reply.header("traceparent")).doesNotContain("b7ad6b7169203331");
    assertThat(reply.header("tracestate")).isEqualTo("vendor=1");
    assertThat(reply.header("X-Request-Id")).isEqualTo("request-1");
    assertThat(service.client().get(Started.path(1) + "/events").string("events", 0, "traceId"))
        .isEqualTo(TRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
      })
  void what_is_no_trace_is_replaced(String traceparent) {
    Reply reply = service.unsigned().with("traceparent", traceparent).get("/health/live");

    assertThat(reply.header("traceparent"))
        .matches("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01")
        .doesNotContain(TRACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "<x>", "é", "${x}"})
  void what_is_no_request_id_is_replaced(String requestId) {
    Reply reply = service.unsigned().with("X-Request-Id", requestId).get("/health/live");

    assertThat(reply.header("X-Request-Id")).hasSize(36);
  }

  @Test
  void a_refusal_names_its_request() {
    Reply reply = service.unsigned().with("X-Request-Id", "r-1").get("/internal/v1/runs");

    assertThat(reply.string("error", "requestId")).isEqualTo("r-1");
  }
}
