package com.openagents.runtime.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeteredCallsTest {

  @ParameterizedTest
  @CsvSource({
    "POST /internal/v1/runs, start",
    "POST /internal/v1/runs/{runId}/frames, frame",
    "GET /internal/v1/runs/{runId}/stream, stream",
    "GET /internal/v1/threads/{threadId}/stream, stream",
    "POST /internal/v1/runs/verify, other",
    "none, other"
  })
  void a_call_that_a_limit_refused_is_counted_under_few_names(String route, String call) {
    var registry = new SimpleMeterRegistry();
    new MeteredCalls(registry).refused(route, "bodies_bytes");
    assertThat(
            registry
                .get("runtime.refused")
                .tags("call", call, "limit", "bodies_bytes")
                .counter()
                .count())
        .isOne();
  }
}
