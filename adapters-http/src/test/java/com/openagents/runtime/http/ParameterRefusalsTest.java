package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths, queries, methods and headers that make no sense get the exact refusal.
class ParameterRefusalsTest {

  private static final String RUN = Started.path(1);

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    service.client().post("/internal/v1/runs", Started.idle(1));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/internal/v1/runs/1,                       runId",
    "/internal/v1/runs/1/events,                runId",
    "/internal/v1/runs/1/stream,                runId",
    "/internal/v1/runs/1/diagnosis,             runId",
    "/internal/v1/runs/1/export,                runId",
    "/internal/v1/runs/0199-0-0-0-0,            runId",
    "/internal/v1/runs/%27;drop%20table,        runId",
    "/internal/v1/runs/verify,                  runId",
    "/internal/v1/threads/%20/state,            threadId",
    "/internal/v1/threads/%C3%A9/state,         threadId",
    "RUN?x=1,                                   query",
    "RUN?=,                                     query",
    "RUN?%ff,                                   query",
    "RUN/events?limit=0,                        limit",
    "RUN/events?limit=1001,                     limit",
    "RUN/events?limit=-1,                       limit",
    "RUN/events?limit=ten,                      limit",
    "RUN/events?limit=,                         limit",
    "RUN/events?limit=1&limit=2,                limit",
    "RUN/events?after=1.5,                      after",
    "RUN/events?after=99999999999999999999,     after",
    "RUN/events?hashes=yes,                     hashes",
    "RUN/events?hashes=,                        hashes",
    "RUN/stream?cursor=-1,                      cursor",
    "RUN/stream?cursor=abc,                     cursor",
    "RUN/stream?cursor=1e3,                     cursor",
    "RUN/stream?format=xml,                     format",
    "RUN/stream?format=,                        format",
    "RUN/stream?aiSdk=4,                        aiSdk",
    "RUN/stream?aiSdk=8,                        aiSdk",
    "RUN/stream?Cursor=1,                       query",
    "/internal/v1/runs?status=lost,             status",
    "/internal/v1/runs?status=%27%20or%201=1,   status",
    "/internal/v1/runs?limit=201,               limit",
    "/internal/v1/runs?before=yesterday,        before",
    "/internal/v1/runs?before=_,                before",
    "/internal/v1/runs?before=2026-01-31T08:15:30Z_1, before",
    "/internal/v1/runs?threadId=,               threadId",
    "/internal/v1/runs?agent=%00,               agent"
  })
  void a_parameter_that_makes_no_sense_is_named(String target, String path) {
    Reply reply = service.client().get(target.replace("RUN", RUN));

    assertThat(reply.refusal()).isEqualTo("400 invalid_request");
    assertThat(reply.paths()).containsExactly(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/internal",
        "/internal/v1",
        "/internal/v1/",
        "/internal/v1/nothing",
        "/internal/v1/runs/",
        "/internal/v2/runs",
        "/INTERNAL/V1/RUNS",
        "/internal/v1/threads/t",
        "/health",
        "/favicon.ico",
        "/api/chat"
      })
  void where_there_is_no_call_nothing_is_found(String target) {
    assertThat(service.client().get(target).refusal()).isEqualTo("404 not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /internal/v1/runs, 'GET, POST'",
    "PUT, /internal/v1/runs, 'GET, POST'",
    "PATCH, /internal/v1/runs, 'GET, POST'",
    "POST, RUN, GET",
    "DELETE, RUN, GET",
    "GET, RUN/cancel, POST",
    "GET, RUN/frames, POST",
    "POST, /health/live, GET",
    "OPTIONS, RUN, GET"
  })
  void another_method_is_refused_with_those_that_there_are(
      String method, String target, String allow) {
    Reply reply = service.client().send(method, target.replace("RUN", RUN), null);

    assertThat(reply.refusal()).isEqualTo("405 method_not_allowed");
    assertThat(List.of(reply.header("Allow").split(", ", -1)))
        .containsExactlyInAnyOrder(allow.split(", ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/html",
        "text/event-stream;q=0",
        "text/event-stream;q=0,*/*",
        "text/*;q=0.000, text/html"
      })
  void a_stream_is_not_given_to_who_does_not_accept_it(String accept) {
    assertThat(service.client().with("Accept", accept).get(RUN + "/stream").refusal())
        .isEqualTo("406 not_acceptable");
    assertThat(
            service
                .client()
                .with("Accept", accept)
                .get("/internal/v1/threads/thread-1/stream")
                .refusal())
        .isEqualTo("406 not_acceptable");
  }

  @Test
  void what_does_not_exist_is_not_found() {
    String run = Started.path(99);
    Client client = service.client();

    assertThat(client.get(run).refusal()).isEqualTo("404 not_found");
    assertThat(client.get(run + "/events").refusal()).isEqualTo("404 not_found");
    assertThat(client.get(run + "/stream").refusal()).isEqualTo("404 not_found");
    assertThat(client.get(run + "/diagnosis").refusal()).isEqualTo("404 not_found");
    assertThat(client.get(run + "/export").refusal()).isEqualTo("404 not_found");
    assertThat(client.post(run + "/cancel", "{}").refusal()).isEqualTo("404 not_found");
    assertThat(client.post(run + "/frames", Started.frame("f", "x")).refusal())
        .isEqualTo("404 not_found");
    assertThat(client.get("/internal/v1/threads/none/state").refusal()).isEqualTo("404 not_found");
    assertThat(client.get("/internal/v1/threads/none/stream").refusal()).isEqualTo("404 not_found");
  }

  @Test
  void a_run_that_has_not_ended_is_not_exported() {
    assertThat(service.client().get(RUN + "/export").refusal()).isEqualTo("409 conflict");
  }
}
