package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.codec.ProtoBodies;
import com.openagents.runtime.http.exchange.Binary;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.proto.control.v1.AuditRequest;
import com.openagents.runtime.proto.control.v1.ProjectionAudit;
import com.openagents.runtime.proto.control.v1.ProjectionRebuild;
import com.openagents.runtime.proto.control.v1.ProjectionSinks;
import com.openagents.runtime.proto.control.v1.RebuildRequest;
import com.openagents.runtime.proto.control.v1.RetriedDocuments;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.ToolPolicy;
import com.openagents.runtime.proto.runtime.v1.CancelRunRequest;
import com.openagents.runtime.proto.runtime.v1.CancelRunResponse;
import com.openagents.runtime.proto.runtime.v1.Error;
import com.openagents.runtime.proto.runtime.v1.ErrorResponse;
import com.openagents.runtime.proto.runtime.v1.EventPage;
import com.openagents.runtime.proto.runtime.v1.ForkRunRequest;
import com.openagents.runtime.proto.runtime.v1.RunSnapshot;
import com.openagents.runtime.proto.runtime.v1.StartRunRequest;
import com.openagents.runtime.proto.runtime.v1.StartRunResponse;
import com.openagents.runtime.proto.runtime.v1.SubmitFrameRequest;
import com.openagents.runtime.proto.runtime.v1.SubmitFrameResponse;
import com.openagents.runtime.proto.runtime.v1.SubmitFramesRequest;
import com.openagents.runtime.proto.runtime.v1.SubmitFramesResponse;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A call says the same in JSON and in messages.
class BinaryCallsTest {

  private static final String RUNS = "/internal/v1/runs";
  private static final String RUN = Started.path(1);

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    service.client().post(RUNS, Started.idle(1));
    service.client().post(RUN + "/frames", Started.frame("f1", "größe 😀"));
    service.tend();
    service.projections().follow();
    service.projections().park("too large");
    Client operator = service.client().as(null).operator();
    operator.post("/internal/v1/projections/audits", "{\"newest\":200}");
    operator.post(
        "/internal/v1/token-revocations",
        "{\"kind\":\"token\",\"name\":\"j-1\",\"forSeconds\":86400}");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Client binary(Client client) {
    return client.with("Accept", Binary.TYPE).with("Content-Type", Binary.TYPE);
  }

  private static Reply post(String path, Message body) {
    return binary(service.client()).send("POST", path, body.toByteArray());
  }

  private static byte[] bytes(Reply reply) {
    assertThat(reply.header("Content-Type")).isEqualTo(Binary.TYPE);
    return reply.response().body();
  }

  private static SubmitFrameRequest frame(String id) {
    Value text = Value.newBuilder().setStringValue("hello").build();
    return SubmitFrameRequest.newBuilder()
        .setFrameId(id)
        .setType("note")
        .setPayload(Struct.newBuilder().putFields("text", text))
        .build();
  }

  @Test
  void a_run_is_started_fed_forked_and_canceled_in_messages() throws Exception {
    StartRunRequest start =
        StartRunRequest.newBuilder()
            .setRunId(Started.runId(50).toString())
            .setThreadId("thread-50")
            .setUserId(1)
            .setToolPolicy(ToolPolicy.getDefaultInstance())
            .setLifecycle("session")
            .setAgent("echo")
            .build();
    Reply started = post(RUNS, start);
    assertThat(started.status()).isEqualTo(202);
    StartRunResponse accepted = StartRunResponse.parseFrom(bytes(started));
    assertThat(accepted.getRunId()).isEqualTo(Started.runId(50).toString());
    assertThat(accepted.getIdempotentReplay()).isFalse();
    assertThat(StartRunResponse.parseFrom(bytes(post(RUNS, start))).getIdempotentReplay()).isTrue();

    String run = Started.path(50);
    SubmitFrameResponse one =
        SubmitFrameResponse.parseFrom(bytes(post(run + "/frames", frame("f1"))));
    assertThat(one.getStatus()).isEqualTo("accepted");
    Reply same =
        service
            .client()
            .post(
                run + "/frames",
                "{\"frameId\":\"f1\",\"type\":\"note\",\"payload\":{\"text\":\"hello\"}}");
    assertThat(same.flag("idempotentReplay")).isTrue();
    SubmitFramesRequest two =
        SubmitFramesRequest.newBuilder().addFrames(frame("f2")).addFrames(frame("f3")).build();
    assertThat(
            SubmitFramesResponse.parseFrom(bytes(post(run + "/frames/batch", two)))
                .getFramesCount())
        .isEqualTo(2);
    ForkRunRequest fork =
        ForkRunRequest.newBuilder().setAtSeq(1).setRunId(Started.runId(51).toString()).build();
    assertThat(post(run + "/fork", fork).status()).isEqualTo(202);
    CancelRunRequest cancel = CancelRunRequest.newBuilder().setReason("enough").build();
    assertThat(
            CancelRunResponse.parseFrom(bytes(post(run + "/cancel", cancel))).getCancelRequested())
        .isTrue();
  }

  @Test
  void a_run_and_its_events_are_read_in_messages() throws Exception {
    Client binary = service.client().with("Accept", Binary.TYPE);
    Reply json = service.client().get(RUN);
    RunSnapshot snapshot = RunSnapshot.parseFrom(bytes(binary.get(RUN)));
    assertThat(snapshot.getRunId()).isEqualTo(json.string("runId"));
    assertThat(snapshot.getStatus()).isEqualTo(json.string("status"));
    assertThat(snapshot.getLastSeq()).isEqualTo((int) json.number("lastSeq"));
    assertThat(snapshot.getUserId()).isOne();

    EventPage page = EventPage.parseFrom(bytes(binary.get(RUN + "/events?hashes=true")));
    Reply events = service.client().get(RUN + "/events?hashes=true");
    assertThat(page.getEventsCount()).isEqualTo(((Json.Arr) events.at("events")).items().size());
    Envelope created = page.getEvents(0);
    assertThat(created.getRunCreated().getSpec().getThreadId()).isEqualTo("thread-1");
    assertThat(created.getHash()).isEqualTo(events.string("events", 0, "hash"));
  }

  @Test
  void documents_are_told_again_compared_and_delivered_again_in_messages() throws Exception {
    Client operator = binary(service.client().as(null).operator());
    String root = "/internal/v1/projections";
    RebuildRequest part =
        RebuildRequest.newBuilder().setProjection("run_summary").setCompareOnly(true).build();
    ProjectionRebuild asked =
        ProjectionRebuild.parseFrom(
            bytes(operator.send("POST", root + "/rebuilds", part.toByteArray())));
    assertThat(asked.getRequest().getProjection()).isEqualTo("run_summary");
    assertThat(asked.getRequest().getCompareOnly()).isTrue();
    assertThat(asked.getProgress().getPhase()).isEqualTo("requested");

    AuditRequest newest = AuditRequest.newBuilder().setNewest(200).build();
    Reply report = operator.send("POST", root + "/audits", newest.toByteArray());
    ProjectionAudit audit = ProjectionAudit.parseFrom(bytes(report));
    assertThat(audit.getClean()).as("%s", audit).isTrue();
    assertThat(audit.getCompared().getFieldsOrThrow("memory").getNumberValue()).isPositive();
    assertThat(audit.getLagP95()).isPositive();

    String sink = root + "/sinks/" + TestProjections.SINK;
    Client bare = service.client().as(null).operator().with("Accept", Binary.TYPE);
    assertThat(
            ProjectionSinks.parseFrom(bytes(bare.send("POST", sink + "/pause", null)))
                .getSinks(0)
                .getPaused())
        .isTrue();
    assertThat(
            ProjectionSinks.parseFrom(bytes(bare.send("POST", sink + "/resume", null)))
                .getSinks(0)
                .getPaused())
        .isFalse();
    assertThat(
            RetriedDocuments.parseFrom(bytes(bare.send("POST", sink + "/retry", null)))
                .getRetried())
        .isPositive();
    service.projections().park("too large");
    assertThat(error(bare.send("POST", root + "/sinks/none/retry", null)).getCode())
        .isEqualTo("not_found");
    AuditRequest both = newest.toBuilder().setCount(1).build();
    assertThat(error(operator.send("POST", root + "/audits", both.toByteArray())).getCode())
        .isEqualTo("unprocessable");
  }

  static Stream<Route> answers() {
    return service.routes().stream()
        .filter(Binary::isSpoken)
        .filter(route -> route.method() == Method.GET);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void every_answer_says_the_same_in_both_forms(Route route) {
    Subject subject = new Subject(service, route, service.routes());
    Client caller = subject.caller();
    Reply json = caller.with("Accept", "application/json").get(subject.target());
    Reply message = caller.with("Accept", Binary.TYPE).get(subject.target());
    String name =
        Objects.requireNonNull(
            Objects.requireNonNull(route.contract().replies().getFirst().schema()).name());

    assertThat(json.header("Content-Type")).isEqualTo("application/json");
    byte[] written = ProtoBodies.write(name, (Json.Obj) JsonReader.read(json.text()));
    assertThat(told(name, bytes(message))).isEqualTo(told(name, written));
  }

  /// Without the time at which it was read.
  private static String told(String name, byte[] message) {
    return CanonicalJson.write(ProtoBodies.read(name, message))
        .replaceAll("\"readAt\":\"[^\"]*\"", "");
  }

  @Test
  void every_call_whose_answers_are_all_json_speaks_both() {
    assertThat(answers()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(service.routes())
        .filteredOn(Binary::isTaken)
        .extracting(Route::path)
        .contains(RUNS, RUNS + "/{runId}/frames", RUNS + "/{runId}/cancel")
        .contains("/internal/v1/projections/rebuilds", "/internal/v1/projections/audits");
    assertThat(service.routes())
        .filteredOn(route -> !route.path().startsWith("/internal/v1/"))
        .noneMatch(Binary::isSpoken)
        .noneMatch(Binary::isTaken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "*/*                                             | application/json",
        "application/*                                   | application/json",
        "application/json, application/x-protobuf        | application/json",
        "application/x-protobuf, */*                     | application/x-protobuf",
        "application/x-protobuf;q=0.9                    | application/x-protobuf",
        "APPLICATION/X-PROTOBUF                          | application/x-protobuf",
        "application/json;q=0, */*                       | application/x-protobuf",
        "application/x-protobuf;q=0, */*                 | application/json",
        "text/html, */*;q=0.1                            | application/json"
      })
  void the_caller_says_which_it_takes(String accept, String type) {
    Reply reply = service.client().with("Accept", accept).get(RUN);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, application/x-protobuf, application/x-protobuf",
    "application/json;q=0, */*, application/x-protobuf",
    "application/x-protobuf, application/json, application/json"
  })
  void several_lines_are_one_list(String first, String second, String type) {
    Reply reply = service.client().with("Accept", List.of(first, second)).get(RUN);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/event-stream", "application/xml", "*/*;q=0", "x"})
  void who_takes_neither_is_told_so(String accept) {
    assertThat(service.client().with("Accept", accept).get(RUN).refusal())
        .isEqualTo("406 not_acceptable");
  }

  @Test
  void refusals_are_messages_too() throws Exception {
    Client binary = service.client().with("Accept", Binary.TYPE);
    Error gone = error(binary.get(Started.path(99)));
    assertThat(gone.getCode()).isEqualTo("not_found");
    assertThat(gone.getRequestId()).isNotEmpty();
    assertThat(error(service.unsigned().with("Accept", Binary.TYPE).get(RUN)).getCode())
        .isEqualTo("unauthorized");
  }

  private static Error error(Reply reply) throws InvalidProtocolBufferException {
    return ErrorResponse.parseFrom(bytes(reply)).getError();
  }

  @Test
  void a_body_that_is_refused_in_json_is_refused_as_a_message() throws Exception {
    SubmitFrameRequest bare = SubmitFrameRequest.newBuilder().setFrameId("f9").build();
    Error missing = error(post(RUN + "/frames", bare));
    assertThat(missing.getCode()).isEqualTo("invalid_request");
    assertThat(missing.getDetailsList())
        .extracting(detail -> detail.getPath())
        .containsExactlyInAnyOrder("/type", "/payload");
    SubmitFrameRequest odd = frame("f9").toBuilder().setFrameId("a b").build();
    assertThat(error(post(RUN + "/frames", odd)).getCode()).isEqualTo("unprocessable");
    assertThat(error(post(RUN + "/frames", frame("f1"))).getCode()).isEqualTo("conflict");
    Client binary = binary(service.client());
    for (byte[] none :
        List.of(new byte[] {(byte) 0xff}, new byte[] {(byte) 0x7b, 0x7d}, new byte[] {10, 9})) {
      assertThat(error(binary.send("POST", RUN + "/frames", none)).getCode())
          .isEqualTo("invalid_request");
    }
  }

  @Test
  void where_messages_are_not_taken_their_type_is_not() {
    assertThat(
            service
                .client()
                .with("Content-Type", Binary.TYPE)
                .post("/api/convex/token", "")
                .refusal())
        .isEqualTo("415 unsupported_media_type");
    assertThat(
            service
                .client()
                .with("Content-Type", Binary.TYPE + "-seq")
                .post(RUN + "/frames", "")
                .refusal())
        .isEqualTo("415 unsupported_media_type");
    assertThat(service.unsigned().with("Accept", Binary.TYPE).get("/health/live").text())
        .startsWith("{");
  }
}
