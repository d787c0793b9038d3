package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a run has open and has used, and what its process does, can be seen from outside.
class WorkInProgressTest {

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Reply until(String target, String expected) {
    return service.client().operator().until(target, expected);
  }

  private static String start(int number, String agent, String more) {
    service
        .client()
        .post(
            "/internal/v1/runs",
            Started.echo(number, "go").replace("\"echo\"", "\"" + agent + "\"" + more));
    return Started.path(number);
  }

  @Test
  void a_snapshot_shows_what_waits_for_approval_until_it_is_answered() {
    String run = start(1, "careful", ", \"lifecycle\": \"session\"");
    Reply waiting = until(run, "\"waitingFor\":\"approval\"");

    assertThat(waiting.string("openTools", 0, "toolCallId")).isEqualTo("1.1.0");
    assertThat(waiting.string("openTools", 0, "name")).isEqualTo("restart");
    assertThat(waiting.flag("openTools", 0, "waitingForApproval")).isTrue();
    long since = waiting.number("openTools", 0, "sinceSeq");
    assertThat(
            service
                .client()
                .get(run + "/events?limit=1&after=" + (since - 1))
                .string("events", 0, "type"))
        .isEqualTo("tool.approval_requested");

    service
        .client()
        .post(
            run + "/frames",
            """
            {"frameId": "yes", "type": "tool_approval",
             "payload": {"approvalId": "1.1.0", "approved": true}}
            """);
    assertThat(until(run, "\"waitingFor\":\"frames\"").at("openTools"))
        .isEqualTo(Json.array(List.of()));
  }

  @Test
  void a_snapshot_shows_what_was_used_of_each_limit() {
    String run =
        start(2, "echo", ", \"deadline\": \"2999-01-01T00:00:00Z\", \"budget\": {\"sats\": 5}");
    Reply ended = until(run, "\"status\":\"completed\"");

    assertThat(ended.number("budget", "requested", "sats")).isEqualTo(5);
    assertThat(ended.string("budget", "limits", 0, "limit")).isEqualTo("events");
    assertThat(ended.number("budget", "limits", 0, "used")).isEqualTo(ended.number("lastSeq"));
    assertThat(ended.number("budget", "limits", 0, "max")).isEqualTo(1_000_000);
    assertThat(ended.string("budget", "limits", 1, "limit")).isEqualTo("bytes");
    assertThat(ended.number("budget", "limits", 1, "used")).isGreaterThan(100);
    assertThat(ended.string("budget", "limits", 2, "limit")).isEqualTo("run_deadline");
    assertThat(ended.number("budget", "limits", 2, "max")).isGreaterThan(30_000_000_000_000L);
  }

  @Test
  void a_process_shows_its_mailbox_and_what_it_has_not_come_to_yet() {
    String run = start(3, "slow", "");
    until("/internal/v1/processes", "\"state\":\"working\"");
    service.client().post(run + "/frames", Started.frame("f2", "more"));
    service.client().post(run + "/frames", Started.frame("f3", "more"));
    Reply busy = until("/internal/v1/processes", "\"mailboxDepth\":1");

    assertThat(busy.string("processes", 0, "runId")).isEqualTo(Started.runId(3).toString());
    assertThat(busy.number("processes", 0, "queuedFrames")).isEqualTo(1);
    assertThat(busy.number("processes", 0, "restarts")).isZero();
    assertThat(busy.string("processes", 0, "turnSince")).isNotEmpty();
    service.programs().decide();
  }
}
