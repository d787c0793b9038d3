package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projector.Drift;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators see how projections stand, and change their course. Who else calls, with another
/// method or with a body that is none, is refused as everywhere: [EveryCallRefusesTest].
class ProjectionCallsTest {

  private static final String ROOT = "/internal/v1/projections";
  private static final String SINK = ROOT + "/sinks/" + TestProjections.SINK;

  private final Service service = new Service(Service.Settings.SIGNED);
  private final Client operator = service.client().as(null).operator();

  @BeforeEach
  void start() {
    service.client().post("/internal/v1/runs", Started.idle(1));
    service.client().post("/internal/v1/runs", Started.idle(2));
    for (int number = 1; number <= 2; number++) {
      service.client().until(Started.path(number), "\"waitingFor\":\"frames\"");
    }
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static String body(String text) {
    return text.replace('\'', '"');
  }

  private Reply rebuild(String body) {
    return operator.post(ROOT + "/rebuilds", body(body));
  }

  private Reply audit(String body) {
    return operator.post(ROOT + "/audits", body(body));
  }

  private Reply act(String target) {
    return operator.send("POST", target, null);
  }

  private Json traced(int index) {
    Reply audit = operator.get("/internal/v1/audit?limit=10");
    return Json.array(
        List.of(
            audit.at("entries", index, "actor"),
            audit.at("entries", index, "action"),
            audit.at("entries", index, "subject")));
  }

  private static Json entry(String action, String subject) {
    return Json.array(List.of(Json.of("operator:k1"), Json.of(action), Json.of(subject)));
  }

  @Test
  void the_status_says_that_a_sink_lacks_more_than_is_due_yet() {
    assertThat(operator.get(ROOT).flag("sinks", 0, "marking")).isFalse();
    long epoch = service.store().writers().current().orElseThrow().epoch();
    service.store().sinkBook().lost(epoch, "memory", Map.of());
    assertThat(operator.get(ROOT).flag("sinks", 0, "marking")).isTrue();
  }

  @Test
  void the_status_says_what_deliveries_of_the_node_have_met_of_drift() {
    Reply none = operator.get(ROOT);
    assertThat(none.string("drift", "nodeId")).isEqualTo("test-node");
    assertThat(none.string("drift", "since")).isEqualTo("1970-01-01T00:00:00.000000Z");
    assertThat(none.at("drift", "met")).isEqualTo(Json.array(List.of()));

    service.projections().drift(drift("memory", Verdict.CHECKPOINT_AHEAD, "a"), second(1));
    service.projections().drift(drift("memory", Verdict.SUMMARY_HASH_MISMATCH, "b"), second(2));
    service.projections().drift(drift("memory", Verdict.CHECKPOINT_AHEAD, "c"), second(3));
    service.projections().drift(drift("convex", Verdict.CHECKPOINT_AHEAD, "d"), second(4));
    Reply met = operator.get(ROOT);
    assertThat(met.string("drift", "met", 0, "sink")).isEqualTo("convex");
    assertThat(met.number("drift", "met", 0, "count")).isOne();
    assertThat(met.string("drift", "met", 1, "sink")).isEqualTo("memory");
    assertThat(met.string("drift", "met", 1, "reasonClass")).isEqualTo("checkpoint_ahead");
    assertThat(met.number("drift", "met", 1, "count")).isEqualTo(2);
    assertThat(met.string("drift", "met", 1, "at")).isEqualTo("1970-01-01T00:00:03.000000Z");
    assertThat(met.string("drift", "met", 1, "evidence"))
        .isEqualTo("memory checkpoint_ahead run_summary c: expected this, found that");
    assertThat(met.string("drift", "met", 2, "reasonClass")).isEqualTo("summary_hash_mismatch");
  }

  private static Drift drift(String sink, Verdict verdict, String run) {
    return new Drift(sink, "run_summary", new Entity("run", run), verdict, "this", "that");
  }

  private static Instant second(int number) {
    return Instant.EPOCH.plusSeconds(number);
  }

  @Test
  void the_status_says_how_far_each_part_has_come() {
    Reply before = operator.get(ROOT);
    assertThat(before.at("projections")).isEqualTo(Json.array(List.of()));
    assertThat(before.string("writer", "nodeId")).isEqualTo("test-node");
    assertThat(before.string("rebuilds", 0, "progress", "phase")).isEqualTo("requested");

    service.projections().follow();
    Reply told = operator.get(ROOT);
    assertThat(told.string("projections", 0, "name")).isEqualTo("run_summary");
    assertThat(told.string("projections", 2, "name")).isEqualTo("timeline_slice");
    assertThat(told.number("projections", 1, "generation")).isOne();
    assertThat(told.number("projections", 1, "version")).isOne();
    assertThat(told.string("rebuilds", 0, "progress", "phase")).isEqualTo("done");
    assertThat(told.number("sinks", 0, "pending")).isEqualTo(6);
    assertThat(told.number("sinks", 0, "lagEvents")).isPositive();
    assertThat(told.string("sinks", 0, "oldestDue")).isNotEmpty();

    service.projections().deliver();
    service.projections().trouble("unreachable: nobody there");
    service.projections().park(new ParkedRun(Started.runId(2), 3, "odd"));
    Reply shown = operator.get(ROOT);
    assertThat(shown.number("sinks", 0, "pending")).isZero();
    assertThat(shown.number("sinks", 0, "lagEvents")).isZero();
    assertThat(shown.string("sinks", 0, "trouble")).isEqualTo("unreachable: nobody there");
    assertThat(shown.string("parkedRuns", 0, "runId")).isEqualTo(Started.runId(2).toString());
    assertThat(shown.number("parkedRuns", 0, "seq")).isEqualTo(3);
    assertThat(shown.string("parkedRuns", 0, "reason")).isEqualTo("odd");
  }

  @Test
  void a_rebuild_is_asked_for_watched_to_its_end_and_traced() {
    service.projections().follow();
    Reply asked = rebuild("{'reason':'drill'}");
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.number("number")).isEqualTo(2);
    assertThat(asked.string("request", "scope")).isEqualTo("all");
    assertThat(asked.string("request", "requestedBy")).isEqualTo("operator:k1");
    assertThat(asked.flag("request", "compareOnly")).isFalse();
    assertThat(traced(0)).isEqualTo(entry("projection.rebuild", "2"));
    assertThat(operator.get("/internal/v1/audit").string("entries", 0, "reason"))
        .isEqualTo("drill");

    service.projections().follow();
    Reply done = operator.get(ROOT + "/rebuilds/2");
    assertThat(done.string("progress", "phase")).isEqualTo("done");
    assertThat(done.number("progress", "runs")).isEqualTo(2);
    assertThat(done.number("progress", "targets", "run_summary")).isEqualTo(2);
    assertThat(done.string("progress", "proof", 0, "moment")).isEqualTo("before");
    assertThat(done.string("progress", "proof", 3, "moment")).isEqualTo("after");
    assertThat(done.string("progress", "proof", 3, "digest"))
        .isEqualTo(done.string("progress", "proof", 0, "digest"));
    assertThat(operator.get(ROOT).number("projections", 0, "generation")).isEqualTo(2);
  }

  @Test
  void a_rebuild_is_found_by_its_number_however_many_came_behind_it() {
    service.projections().ask(1_001);

    assertThat(operator.get(ROOT + "/rebuilds/1").number("number")).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'projection':'timeline_slice','compareOnly':true} | projection | timeline_slice | 2",
        "{'runId':'00000000-0000-4000-8000-000000000009'} | runId |"
            + " 00000000-0000-4000-8000-000000000009 | 1",
        "{'threadId':'thread-1'} | threadId | thread-1 | 1"
      })
  void a_rebuild_may_be_of_a_part(String body, String named, String name, int runs) {
    service.projections().follow();
    Reply asked = rebuild(body);
    assertThat(asked.string("request", "scope")).isEqualTo(named.replace("Id", ""));
    assertThat(asked.string("request", named)).isEqualTo(name);
    service.projections().follow();
    Reply done = operator.get(ROOT + "/rebuilds/2");
    assertThat(done.string("progress", "phase")).isEqualTo("done");
    assertThat(done.number("progress", "runs")).isEqualTo(runs);
  }

  @Test
  void a_rebuild_is_canceled_once_and_leaves_one_trace() {
    Reply canceled = act(ROOT + "/rebuilds/1/cancel");
    assertThat(canceled.status()).isEqualTo(200);
    assertThat(canceled.string("progress", "phase")).isEqualTo("canceled");
    assertThat(traced(0)).isEqualTo(entry("projection.rebuild.cancel", "1"));
    Reply again = act(ROOT + "/rebuilds/1/cancel");
    assertThat(again.string("progress", "phase")).isEqualTo("canceled");
    assertThat(service.projections().canceled()).containsExactly(1L);
    assertThat(operator.get("/internal/v1/audit").at("entries"))
        .isInstanceOfSatisfying(Json.Arr.class, all -> assertThat(all.items()).hasSize(1));
  }

  @Test
  void a_projection_that_nobody_tells_is_retired_and_any_other_is_not() {
    service.projections().follow();
    assertThat(operator.get(ROOT).flag("projections", 0, "told")).isTrue();
    assertThat(retire("{'projection':'run_summary'}").refusal()).isEqualTo("409 conflict");
    assertThat(retire("{'projection':'tool_calls'}").refusal()).isEqualTo("404 not_found");

    service.projections().leave(new ProjectionId("tool_calls", 1));
    Reply left = operator.get(ROOT);
    assertThat(left.string("projections", 3, "name")).isEqualTo("tool_calls");
    assertThat(left.flag("projections", 3, "told")).isFalse();
    assertThat(left.number("sinks", 0, "pending")).as("none of it").isEqualTo(6);
    Reply asked = retire("{'projection':'tool_calls','reason':'left'}");
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.string("request", "scope")).isEqualTo("retired");
    assertThat(asked.string("request", "projection")).isEqualTo("tool_calls");
    assertThat(traced(0)).isEqualTo(entry("projection.retire", "tool_calls"));

    service.projections().follow();
    Reply done = operator.get(ROOT + "/rebuilds/" + asked.number("number"));
    assertThat(done.string("progress", "phase")).isEqualTo("done");
    assertThat(done.number("progress", "removed")).isOne();
    assertThat(operator.get(ROOT).at("projections"))
        .isInstanceOfSatisfying(Json.Arr.class, all -> assertThat(all.items()).hasSize(3));
    assertThat(retire("{'projection':'tool_calls'}").refusal()).isEqualTo("404 not_found");
  }

  private Reply retire(String body) {
    return operator.post(ROOT + "/retirements", body(body));
  }

  @Test
  void an_audit_tells_what_differs_and_what_is_on_its_way() {
    service.projections().follow();
    Reply onTheWay = audit("{'newest':1}");
    assertThat(onTheWay.flag("clean")).isTrue();
    assertThat(onTheWay.number("compared", "kept")).isEqualTo(3);
    assertThat(onTheWay.number("found", "memory", "lag")).isEqualTo(3);
    assertThat(onTheWay.number("lagP95")).isPositive();

    service.projections().deliver();
    Reply clean = audit("{'newest':200}");
    assertThat(clean.flag("clean")).isTrue();
    assertThat(clean.number("compared", "memory")).isEqualTo(6);
    assertThat(clean.at("found")).isEqualTo(Json.Obj.EMPTY);
    assertThat(clean.number("lagP95")).isZero();

    service.store().projections().wipe();
    Reply lost = audit("{'newest':1}");
    assertThat(lost.flag("clean")).isFalse();
    assertThat(lost.number("found", "kept", "missing")).isOne();
    assertThat(lost.string("evidence", 0)).contains(Started.runId(2).toString());
  }

  @Test
  void an_audit_walks_over_all_runs_in_pages() {
    service.projections().follow();
    service.projections().deliver();
    Reply first = audit("{'count':1}");
    assertThat(first.string("next")).isEqualTo(Started.runId(1).toString());
    assertThat(first.number("compared", "kept")).isEqualTo(3);
    Reply second = audit("{'count':1,'after':'" + first.string("next") + "'}");
    assertThat(second.string("next")).isEqualTo(Started.runId(2).toString());
    Reply last = audit("{'count':1,'after':'" + second.string("next") + "'}");
    assertThat(last.at())
        .isInstanceOfSatisfying(
            Json.Obj.class, body -> assertThat(body.fields()).doesNotContainKey("next"));
    assertThat(audit("{}").number("compared", "memory")).isEqualTo(6);
  }

  @Test
  void an_audit_goes_on_among_documents_and_from_nowhere_else() {
    service.projections().follow();
    service.projections().deliver();
    for (String after :
        List.of("kept/run_summary/~eA", "memory/thread_summary/~YS9i", "left/x/~")) {
      Reply rest = audit("{'after':'" + after + "'}");
      assertThat(rest.flag("clean")).isTrue();
      assertThat(rest.at("compared")).isEqualTo(Json.Obj.EMPTY);
    }
    for (String after :
        List.of("", "x", "kept/x", "kept/x/y", "kept/x/~a/b", "kept/x/~AA", "kept/x/\\u0000")) {
      assertThat(audit("{'after':'" + after + "'}").refusal()).isEqualTo("422 unprocessable");
    }
  }

  @Test
  void an_audit_says_why_a_sink_cannot_be_read() {
    service.projections().silence(new SinkAway("unreachable", "no connection"));
    assertThat(audit("{}").refusal()).isEqualTo("503 overloaded");
    assertThat(audit("{}").string("error", "message")).contains("no connection");
    service.projections().silence(new SinkRefusing("incompatible", "other functions"));
    assertThat(audit("{}").refusal()).isEqualTo("503 overloaded");
    assertThat(audit("{}").string("error", "message")).contains("other functions");
  }

  @Test
  void the_status_says_what_the_last_audits_found_and_when() {
    assertThat(operator.get(ROOT).at("audits")).isEqualTo(Json.array(List.of()));
    service.projections().follow();
    service.projections().deliver();
    audit("{'newest':200}");
    service.store().projections().wipe();
    audit("{'count':1}");

    Reply status = operator.get(ROOT);
    assertThat(status.string("audits", 0, "sample")).isEqualTo("walk");
    assertThat(status.number("audits", 0, "found", "kept", "missing")).isOne();
    assertThat(status.flag("audits", 0, "complete")).isFalse();
    assertThat(status.string("audits", 1, "sample")).isEqualTo("newest");
    assertThat(status.at("audits", 1, "found")).isEqualTo(Json.Obj.EMPTY);
    assertThat(status.number("audits", 1, "compared", "memory")).isEqualTo(6);
    assertThat(status.flag("audits", 1, "complete")).isTrue();
    assertThat(status.string("audits", 1, "at")).isNotEmpty();

    audit("{'after':'" + Started.runId(1) + "'}");
    assertThat(operator.get(ROOT).number("audits", 0, "found", "kept", "missing")).isEqualTo(2);
    assertThat(operator.get(ROOT).flag("audits", 0, "complete")).isTrue();
  }

  @Test
  void a_sink_is_paused_and_resumed() {
    Reply paused = act(SINK + "/pause");
    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.flag("sinks", 0, "paused")).isTrue();
    assertThat(operator.get(ROOT).flag("sinks", 0, "paused")).isTrue();
    assertThat(act(SINK + "/resume").flag("sinks", 0, "paused")).isFalse();
    assertThat(traced(1)).isEqualTo(entry("projection.pause", "memory"));
    assertThat(traced(0)).isEqualTo(entry("projection.resume", "memory"));
  }

  @Test
  void a_sink_is_forgotten_once_no_node_delivers_to_it() {
    assertThat(act(SINK + "/forget").refusal()).isEqualTo("409 conflict");
    assertThat(act(SINK + "/forget").string("error", "message")).contains("OA_SINKS");
    assertThat(operator.get(ROOT).number("sinks", 0, "pending")).isZero();

    service.projections().handOver();
    Reply forgotten = act(SINK + "/forget");
    assertThat(forgotten.status()).isEqualTo(200);
    assertThat(forgotten.at("sinks")).isEqualTo(Json.array(List.of()));
    assertThat(operator.get(ROOT).at("sinks")).isEqualTo(Json.array(List.of()));
    assertThat(traced(0)).isEqualTo(entry("projection.forget", "memory"));
    assertThat(act(SINK + "/forget").refusal()).isEqualTo("404 not_found");
  }

  @Test
  void a_stream_that_a_sink_does_not_let_go_of_is_told_and_forgotten() {
    service.projections().stay("no such table");
    assertThat(operator.get(ROOT).string("leaving", 0, "sink")).isEqualTo("memory");
    assertThat(operator.get(ROOT).string("leaving", 0, "projection")).isEqualTo("tool_calls");
    assertThat(operator.get(ROOT).string("leaving", 0, "reason")).isEqualTo("no such table");

    Reply forgotten = act(SINK + "/streams/tool_calls/forget");
    assertThat(forgotten.string("sinks", 0, "sink")).isEqualTo("memory");
    assertThat(operator.get(ROOT).at("leaving")).isEqualTo(Json.array(List.of()));
    assertThat(traced(0)).isEqualTo(entry("projection.forget", "memory/tool_calls"));
    assertThat(act(SINK + "/streams/tool_calls/forget").refusal()).isEqualTo("404 not_found");
  }

  @Test
  void what_the_node_that_is_asked_delivers_to_is_not_forgotten() {
    service
        .store()
        .knownSinks()
        .register(service.projections().epoch(), TestProjections.SERVED, 10);
    service.projections().handOver();
    assertThat(act(ROOT + "/sinks/" + TestProjections.SERVED + "/forget").refusal())
        .isEqualTo("409 conflict");
    assertThat(operator.get("/internal/v1/audit").at("entries")).isEqualTo(Json.array(List.of()));
  }

  @Test
  void what_a_sink_will_not_take_is_listed_and_tried_again() {
    assertThat(operator.get(SINK + "/parked").at("documents")).isEqualTo(Json.array(List.of()));
    service.projections().follow();
    service.projections().park("too large");

    Reply parked = operator.get(SINK + "/parked?limit=5");
    assertThat(parked.at("documents"))
        .isInstanceOfSatisfying(Json.Arr.class, all -> assertThat(all.items()).hasSize(5));
    assertThat(parked.string("documents", 0, "documentId")).startsWith("runtime/");
    assertThat(parked.string("documents", 0, "reason")).isEqualTo("too large");
    assertThat(parked.number("documents", 0, "seq")).isPositive();
    assertThat(operator.get(ROOT).number("sinks", 0, "parked")).isEqualTo(6);
    assertThat(act(SINK + "/retry").number("retried")).isEqualTo(6);
    assertThat(traced(0)).isEqualTo(entry("projection.retry", "memory"));
    assertThat(act(SINK + "/retry").number("retried")).isZero();
    assertThat(operator.get(ROOT).number("sinks", 0, "pending")).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /rebuilds/2",
        "POST /rebuilds/2/cancel",
        "POST /sinks/khala/pause",
        "POST /sinks/khala/resume",
        "POST /sinks/khala/retry",
        "POST /sinks/khala/forget",
        "POST /sinks/khala/streams/run_summary/forget",
        "POST /sinks/memory/streams/run_summary/forget",
        "GET /sinks/khala/parked",
        "POST /sinks/Memory/pause"
      })
  void what_is_not_there_is_not_found(String call) {
    String[] words = call.split(" ", -1);
    assertThat(operator.send(words[0], ROOT + words[1], null).refusal()).isEqualTo("404 not_found");
    assertThat(operator.get("/internal/v1/audit").at("entries")).isEqualTo(Json.array(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "/rebuilds | {'runId':'1'}                                 | 422 unprocessable   | /runId",
        "/rebuilds | {'runId':1}                                   | 400 invalid_request | /runId",
        "/rebuilds | {'threadId':''}                               | 422 unprocessable   |"
            + " /threadId",
        "/rebuilds | {'threadId':'a b'}                            | 422 unprocessable   |"
            + " /threadId",
        "/rebuilds | {'projection':'invoices'}                     | 422 unprocessable   |"
            + " /projection",
        "/rebuilds | {'compareOnly':'yes'}                         | 400 invalid_request |"
            + " /compareOnly",
        "/rebuilds | {'sink':'memory'}                             | 400 invalid_request | /sink",
        "/rebuilds | {'threadId':'t','projection':'run_summary'}   | 422 unprocessable   | none",
        "/retirements | {}                                         | 400 invalid_request |"
            + " /projection",
        "/retirements | {'projection':''}                          | 422 unprocessable   |"
            + " /projection",
        "/retirements | {'projection':'x','sink':'memory'}         | 400 invalid_request | /sink",
        "/audits   | {'newest':0}                                  | 422 unprocessable   | /newest",
        "/audits   | {'newest':201}                                | 422 unprocessable   | /newest",
        "/audits   | {'newest':'all'}                              | 400 invalid_request | /newest",
        "/audits   | {'count':501}                                 | 422 unprocessable   | /count",
        "/audits   | {'after':'x'}                                 | 422 unprocessable   | /after",
        "/audits   | {'newest':1,'count':1}                        | 422 unprocessable   | none"
      })
  void a_scope_that_makes_no_sense_is_refused_and_nothing_begins(
      String path, String body, String refusal, String place) {
    Reply reply = operator.post(ROOT + path.strip(), body(body));

    assertThat(reply.refusal()).isEqualTo(refusal);
    assertThat(reply.paths()).isEqualTo(place == null ? List.of() : List.of(place));
    assertThat(operator.get(ROOT + "/rebuilds/2").status()).isEqualTo(404);
  }
}
