package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.identity.Principal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What belongs to another principal does not exist, on every call.
@Tag("G14")
@Tag("scenario-31")
class TenancyTest {

  private static final List<Principal> STRANGERS =
      List.of(new Principal.User(2), new Principal.Guest("g-0123456789abcdef0123456789abcdef"));

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
  @MethodSource
  void is_not_found_by_strangers(Route route) {
    String target =
        route
            .path()
            .replace("{runId}", Started.runId(1).toString())
            .replace("{seq}", "1")
            .replace("{threadId}", "thread-1");
    String absent = target.replace(Started.runId(1).toString(), Started.runId(9).toString());
    for (Principal stranger : STRANGERS) {
      Reply foreign = call(route, target, stranger);
      Reply none = call(route, absent.replace("thread-1", "thread-9"), stranger);

      assertThat(foreign.refusal()).isEqualTo("404 not_found");
      assertThat(foreign.text().replace(foreign.string("error", "requestId"), ""))
          .as("the answer does not tell another's from none")
          .isEqualTo(none.text().replace(none.string("error", "requestId"), ""));
    }
  }

  static Stream<Route> is_not_found_by_strangers() {
    return service.routes().stream()
        .filter(route -> route.guard() == Guard.OWNER)
        .filter(route -> route.path().contains("{runId}") || route.path().contains("{threadId}"));
  }

  @Test
  void every_call_that_names_a_run_or_a_thread_is_looked_at() {
    assertThat(is_not_found_by_strangers()).hasSizeGreaterThanOrEqualTo(9);
    assertThat(service.routes())
        .filteredOn(route -> route.path().contains("{") && route.guard() != Guard.OPERATOR)
        .allMatch(route -> route.guard() == Guard.OWNER);
  }

  @Test
  void an_id_belongs_to_who_used_it_first() {
    for (Principal stranger : STRANGERS) {
      Client client = service.client().as(stranger);

      String taken = Started.by(stranger, Started.idle(1));
      String onThread = Started.by(stranger, Started.idle(2).replace("thread-2", "thread-1"));
      assertThat(client.post("/internal/v1/runs", taken).refusal()).isEqualTo("404 not_found");
      assertThat(client.post("/internal/v1/runs", onThread).refusal()).isEqualTo("404 not_found");
    }
  }

  @Test
  void lists_show_what_belongs_to_the_caller() {
    Client stranger = service.client().as(STRANGERS.getFirst());
    String start = Started.by(STRANGERS.getFirst(), Started.idle(3));
    assertThat(stranger.post("/internal/v1/runs", start).status()).isEqualTo(202);

    assertThat(stranger.get("/internal/v1/runs").text())
        .contains(Started.runId(3).toString())
        .doesNotContain(Started.runId(1).toString());
    assertThat(stranger.get("/internal/v1/runs?threadId=thread-1").text())
        .doesNotContain(Started.runId(1).toString());
  }

  @Test
  void an_operator_sees_everybodys_and_leaves_a_trace_when_it_acts() {
    service.client().post("/internal/v1/runs", Started.idle(4));
    Client operator = service.client().as(null).operator();

    assertThat(operator.get(Started.path(4)).status()).isEqualTo(200);
    assertThat(operator.get("/internal/v1/runs").text()).contains(Started.runId(4).toString());
    assertThat(operator.post(Started.path(4) + "/cancel", "{\"reason\": \"stuck\"}").status())
        .isEqualTo(202);

    Reply audit = operator.get("/internal/v1/audit?limit=1");
    assertThat(audit.string("entries", 0, "actor")).isEqualTo("operator:k1");
    assertThat(audit.string("entries", 0, "action")).isEqualTo("run.cancel");
    assertThat(audit.string("entries", 0, "subject")).isEqualTo(Started.runId(4).toString());
    assertThat(audit.string("entries", 0, "reason")).isEqualTo("stuck");
    assertThat(audit.string("entries", 0, "before", "status"))
        .isIn("created", "running", "waiting");
    assertThat(audit.string("entries", 0, "after", "status")).isIn("canceling", "canceled");
    assertThat(
            operator
                .get("/internal/v1/audit?before=" + audit.number("entries", 0, "number"))
                .text())
        .doesNotContain(Started.runId(4).toString());
  }

  @Test
  void what_an_operator_repeats_leaves_a_trace_too_for_the_first_may_have_been_lost() {
    service.client().post("/internal/v1/runs", Started.idle(5));
    Client operator = service.client().as(null).operator();
    operator.post(Started.path(5) + "/cancel", "{}");

    assertThat(operator.post(Started.path(5) + "/cancel", "{}").status()).isEqualTo(200);

    Reply audit = operator.get("/internal/v1/audit?limit=1");
    assertThat(audit.string("entries", 0, "subject")).isEqualTo(Started.runId(5).toString());
    assertThat(audit.string("entries", 0, "before", "status")).isIn("canceling", "canceled");
  }

  private static Reply call(Route route, String target, Principal principal) {
    Client client = service.client().as(principal);
    if (route.method() == Route.Method.GET) {
      return client.get(target);
    }
    String frame = Started.frame("f", "x");
    return client.post(
        target,
        target.endsWith("/frames")
            ? frame
            : target.endsWith("/frames/batch")
                ? "{\"frames\": [" + frame + "]}"
                : target.endsWith("/fork") ? Started.fork(901, 1) : "{}");
  }
}
