package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.openagents.runtime.log.ClaimCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that are malformed, mistyped, oversized or hostile get the exact refusal, each naming
/// what is wrong and where.
class BodyRefusalsTest {

  private static final String RUNS = "/internal/v1/runs";
  private static final String FRAMES = Started.path(1) + "/frames";
  private static final String CANCEL = Started.path(1) + "/cancel";
  private static final String RUN = "\"runId\": \"" + Started.runId(2) + "\"";
  private static final String BARE = "{" + RUN + ", \"threadId\": \"t\"";
  private static final String OPEN = ", \"toolPolicy\": {}";
  private static final String START = BARE + OPEN + ", \"userId\": 1";
  private static final String FRAME = "{\"frameId\": \"f\", \"type\": \"note\"";

  private static final String UNPROCESSABLE = "422 unprocessable";
  private static final int MAX = 16 << 10;

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    service.client().post(RUNS, Started.idle(1));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest(name = "{0} {1} → {2} {3}")
  @MethodSource({
    "notJson",
    "startRun",
    "startOptions",
    "freeValues",
    "appendFrame",
    "payloads",
    "cancelRun",
    "forkRun"
  })
  void is_refused(String target, String body, String refusal, List<String> paths) {
    Reply reply = service.client().post(target, body);

    assertThat(reply.refusal()).isEqualTo(refusal);
    assertThat(reply.paths()).isEqualTo(paths);
  }

  static Stream<Arguments> notJson() {
    return Stream.of(RUNS, FRAMES, CANCEL)
        .flatMap(target ->
            Stream.of(
                arguments(target, "{", "400 invalid_request", List.of("")),
                arguments(target, "[]", "400 invalid_request", List.of("")),
                arguments(target, "null", "400 invalid_request", List.of("")),
                arguments(target, "\"{}\"", "400 invalid_request", List.of("")),
                arguments(target, "{} {}", "400 invalid_request", List.of("")),
                arguments(target, "{'a': 1}", "400 invalid_request", List.of("")),
                arguments(target, "{\"a\": NaN}", "400 invalid_request", List.of("")),
                arguments(target, "<xml/>", "400 invalid_request", List.of("")),
                arguments(target, "{\"a\": 1, \"a\": 1}", "422 unprocessable", List.of("/a")),
                arguments(target, "{\"a\": 9007199254740993}", "422 unprocessable", List.of("/a")),
                arguments(target, "{\"a\": 1e400}", "422 unprocessable", List.of("/a")),
                arguments(target, "{\"a\": \"\\u0000\"}", "422 unprocessable", List.of("/a")),
                arguments(target, "{\"a\": \"\\ud800\"}", "422 unprocessable", List.of("/a")),
                arguments(
                    target,
                    "{\"a\": " + "[".repeat(64) + "]".repeat(64) + "}",
                    "422 unprocessable",
                    List.of("/a" + "/0".repeat(63)))));
  }

  static Stream<Arguments> forkRun() {
    return Stream.of(
        fork("{}", "400 invalid_request", "/atSeq", "/runId"),
        fork("{" + RUN + "}", "400 invalid_request", "/atSeq"),
        fork("{\"atSeq\": 1}", "400 invalid_request", "/runId"),
        fork("{\"atSeq\": null, " + RUN + "}", "400 invalid_request", "/atSeq"),
        fork("{\"atSeq\": \"1\", " + RUN + "}", "400 invalid_request", "/atSeq"),
        fork("{\"atSeq\": 1.5, " + RUN + "}", "400 invalid_request", "/atSeq"),
        fork("{\"atSeq\": 0, " + RUN + "}", UNPROCESSABLE, "/atSeq"),
        fork("{\"atSeq\": -1, " + RUN + "}", UNPROCESSABLE, "/atSeq"),
        fork("{\"atSeq\": 1, \"at_seq\": 1, " + RUN + "}", UNPROCESSABLE, "/at_seq"),
        fork("{\"atSeq\": 1, \"runId\": \"2\"}", UNPROCESSABLE, "/runId"),
        fork("{\"atSeq\": 1, \"runId\": 2}", "400 invalid_request", "/runId"),
        fork(
            "{\"atSeq\": 1, \"threadId\": \"t\", " + RUN + "}", "400 invalid_request", "/threadId"),
        fork("{\"atSeq\": 9007199254740991, " + RUN + "}", "400 cursor_ahead"));
  }

  private static Arguments fork(String body, String refusal, String... paths) {
    return arguments(Started.path(1) + "/fork", body, refusal, List.of(paths));
  }

  static Stream<Arguments> startRun() {
    return Stream.of(
        start("{}", "400 invalid_request", "/runId", "/threadId", "/toolPolicy"),
        start("{" + RUN + OPEN + "}", "400 invalid_request", "/threadId"),
        start(BARE + ", \"userId\": 1}", "400 invalid_request", "/toolPolicy"),
        start(BARE + OPEN + "}", "400 invalid_request", "/userId"),
        start("{" + RUN + OPEN + ", \"threadId\": null}", "400 invalid_request", "/threadId"),
        start(
            START + ", \"colour\": 1, \"b/c~d\": 2}", "400 invalid_request", "/colour", "/b~1c~0d"),
        start(START + ", \"ThreadId\": \"t\"}", "400 invalid_request", "/ThreadId"),
        start(START + ", \"thread_id\": \"t\"}", "422 unprocessable", "/thread_id"),
        start(START + ", \"messages\": []}", "422 unprocessable", "/messages"),
        start(START + ", \"context_frames\": []}", "422 unprocessable", "/context_frames"),
        start(
            "{\"runId\": 1, \"threadId\": []" + OPEN + "}",
            "400 invalid_request",
            "/runId",
            "/threadId"),
        start("{\"runId\": \"1\", \"threadId\": \"t\"" + OPEN + "}", "422 unprocessable", "/runId"),
        start("{" + RUN + OPEN + ", \"threadId\": \"\"}", "422 unprocessable", "/threadId"),
        start("{" + RUN + OPEN + ", \"threadId\": \"a b\"}", "422 unprocessable", "/threadId"),
        start("{" + RUN + OPEN + ", \"threadId\": \"é\"}", "422 unprocessable", "/threadId"),
        start("{" + RUN + OPEN + ", \"threadId\": \"a\\nb\"}", "422 unprocessable", "/threadId"),
        start(
            "{" + RUN + OPEN + ", \"threadId\": \"" + "x".repeat(129) + "\"}",
            "422 unprocessable",
            "/threadId"),
        start(BARE + OPEN + ", \"userId\": \"1\"}", "400 invalid_request", "/userId"),
        start(BARE + OPEN + ", \"userId\": 1.5}", "400 invalid_request", "/userId"),
        start(BARE + OPEN + ", \"userId\": 0}", "422 unprocessable", "/userId"),
        start(BARE + OPEN + ", \"userId\": 2}", "403 forbidden"),
        start(BARE + OPEN + ", \"guestScope\": \"g-0\"}", "422 unprocessable", "/guestScope"),
        start(BARE + OPEN + ", \"guestScope\": \"g-" + "0".repeat(32) + "\"}", "403 forbidden"),
        start(
            START + ", \"authenticatedSession\": 1}",
            "400 invalid_request",
            "/authenticatedSession"));
  }

  static Stream<Arguments> startOptions() {
    return Stream.of(
        start(BARE + ", \"userId\": 1, \"toolPolicy\": []}", "400 invalid_request", "/toolPolicy"),
        start(
            BARE + ", \"userId\": 1, \"toolPolicy\": {\"allow\": \"x\"}}",
            "400 invalid_request",
            "/toolPolicy/allow"),
        start(
            BARE + ", \"userId\": 1, \"toolPolicy\": {\"allow\": [1]}}",
            "400 invalid_request",
            "/toolPolicy/allow/0"),
        start(
            BARE + ", \"userId\": 1, \"toolPolicy\": {\"deny\": [\"a\", \"\"]}}",
            "422 unprocessable",
            "/toolPolicy/deny/1"),
        start(
            BARE + ", \"userId\": 1, \"tool_policy\": {\"guest\": true}}",
            "400 invalid_request",
            "/tool_policy/guest"),
        start(START + ", \"lifecycle\": \"forever\"}", "422 unprocessable", "/lifecycle"),
        start(START + ", \"lifecycle\": \"TURN\"}", "422 unprocessable", "/lifecycle"),
        start(START + ", \"whileBusy\": \"panic\"}", "422 unprocessable", "/whileBusy"),
        start(START + ", \"agent\": \"nobody\"}", "422 unprocessable", "/agent"),
        start(START + ", \"agent\": {\"name\": \"echo\"}}", "400 invalid_request", "/agent"),
        start(START + ", \"budget\": 5}", "400 invalid_request", "/budget"),
        start(START + ", \"deadline\": \"tomorrow\"}", "422 unprocessable", "/deadline"),
        start(START + ", \"deadline\": 1772366400}", "400 invalid_request", "/deadline"),
        start(START + ", \"idleTimeoutMs\": -1}", "422 unprocessable", "/idleTimeoutMs"),
        start(
            START + ", \"idleTimeoutMs\": 300000000000000}", "422 unprocessable", "/idleTimeoutMs"),
        start(START + ", \"idleTimeoutMs\": 31622400001}", "422 unprocessable", "/idleTimeoutMs"),
        start(
            START + ", \"deadline\": \"9999-12-31T23:59:59-18:00\"}",
            "422 unprocessable",
            "/deadline"),
        start(START + ", \"metadata\": \"x\"}", "400 invalid_request", "/metadata"),
        start(
            START + ", \"firstFrame\": {}}",
            "400 invalid_request",
            "/firstFrame/frameId",
            "/firstFrame/type",
            "/firstFrame/payload"),
        start(
            START + ", \"firstFrame\": " + FRAME + ", \"payload\": {}}}",
            "422 unprocessable",
            "/firstFrame/payload/text"),
        start(
            START + ", \"firstFrame\": " + FRAME.replace("note", "odd") + ", \"payload\": {}}}",
            "422 unprocessable",
            "/firstFrame/type"),
        start(
            START
                + ", \"firstFrame\": "
                + FRAME.replace("note", "tick")
                + ", \"payload\": {\"scheduleId\": \"s\", \"dueAt\": \"x\"}}}",
            "403 forbidden"));
  }

  static Stream<Arguments> freeValues() {
    return Stream.of(
        start(START + ", \"metadata\": " + sized(MAX + 1) + "}", UNPROCESSABLE, "/metadata"),
        start(START + ", \"budget\": " + sized(MAX + 1) + "}", UNPROCESSABLE, "/budget"),
        start(
            START + ", \"metadata\": {\"é\": \"" + "é".repeat(MAX / 2) + "\"}}",
            UNPROCESSABLE,
            "/metadata"),
        start(
            BARE + ", \"userId\": 1, \"toolPolicy\": {\"allow\": " + names(501) + "}}",
            UNPROCESSABLE,
            "/toolPolicy/allow"),
        payload("cancel", "{\"reason\": \"" + "x".repeat(1001) + "\"}", "/payload/reason"),
        payload("finish", "{\"reason\": \"" + "x".repeat(1001) + "\"}", "/payload/reason"),
        payload("fail", "{\"reason\": \"" + "x".repeat(1001) + "\"}", "/payload/reason"),
        payload(
            "tool_approval",
            "{\"approvalId\": \"a\", \"approved\": true, \"reason\": \"" + "x".repeat(1001) + "\"}",
            "/payload/reason"));
  }

  @Test
  void the_largest_start_makes_an_event_that_holds_itself() {
    Reply reply =
        service
            .client()
            .post(
                RUNS,
                BARE.replace(Started.runId(2).toString(), Started.runId(3).toString())
                    + ", \"userId\": 1, \"lifecycle\": \"session\", \"agent\": \"echo\","
                    + " \"metadata\": "
                    + sized(MAX)
                    + ", \"budget\": "
                    + sized(MAX)
                    + ", \"toolPolicy\": {\"allow\": "
                    + names(500)
                    + ", \"deny\": "
                    + names(500)
                    + "}}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(service.log().read(Started.runId(3), 0, 1).getFirst().payload().length())
        .isLessThan(ClaimCheck.INLINE_MAX);
  }

  private static String sized(int bytes) {
    return "{\"x\":\"" + "x".repeat(bytes - 8) + "\"}";
  }

  private static String names(int count) {
    String name = "\"" + "n".repeat(128) + "\"";
    return "[" + String.join(",", Collections.nCopies(count, name)) + "]";
  }

  static Stream<Arguments> appendFrame() {
    return Stream.of(
        frame("{}", "400 invalid_request", "/frameId", "/type", "/payload"),
        frame(FRAME + ", \"payload\": []}", "400 invalid_request", "/payload"),
        frame(
            FRAME + ", \"payload\": {\"text\": \"x\"}, \"messages\": []}",
            "422 unprocessable",
            "/messages"),
        frame(
            FRAME + ", \"payload\": {\"text\": \"x\"}, \"contextFrames\": []}",
            "422 unprocessable",
            "/contextFrames"),
        frame(
            FRAME + ", \"payload\": {\"text\": \"x\"}, \"seq\": 1}", "400 invalid_request", "/seq"),
        frame(
            FRAME + ", \"payload\": {\"text\": \"x\"}, \"source\": {}}",
            "400 invalid_request",
            "/source/kind"),
        frame(
            FRAME + ", \"payload\": {\"text\": \"x\"}, \"source\": {\"kind\": \"a b\"}}",
            "422 unprocessable",
            "/source/kind"),
        frame(
            FRAME + ", \"payload\": {\"text\": \"x\"}, \"occurredAt\": \"2026-02-30T00:00:00Z\"}",
            "422 unprocessable",
            "/occurredAt"),
        frame(
            FRAME
                + ", \"payload\": {\"text\": \"x\"}, \"occurredAt\":"
                + " \"9999-12-31T23:59:59-18:00\"}",
            "422 unprocessable",
            "/occurredAt"),
        frame(
            "{\"frameId\": \"\", \"type\": \"note\", \"payload\": {\"text\": \"x\"}}",
            "422 unprocessable",
            "/frameId"),
        frame(
            "{\"frameId\": \""
                + "f".repeat(129)
                + "\", \"type\": \"note\", \"payload\": {\"text\": \"x\"}}",
            "422 unprocessable",
            "/frameId"),
        frame(
            "{\"frameId\": \"f\", \"type\": \"invented\", \"payload\": {}}",
            "422 unprocessable",
            "/type"),
        frame(
            "{\"frameId\": \"f\", \"type\": \"tick\", \"payload\": {\"scheduleId\": \"s\","
                + " \"dueAt\": \"x\"}}",
            "403 forbidden"));
  }

  static Stream<Arguments> payloads() {
    return Stream.of(
        payload("user_message", "{}", "/payload/text"),
        payload("user_message", "{\"text\": \"\"}", "/payload/text"),
        payload("user_message", "{\"text\": 1}", "/payload/text"),
        payload("user_message", "{\"text\": \"x\", \"parts\": []}", "/payload/text"),
        payload("user_message", "{\"parts\": []}", "/payload/parts"),
        payload("user_message", "{\"parts\": \"x\"}", "/payload/parts"),
        payload("user_message", "{\"parts\": [\"x\"]}", "/payload/parts/0"),
        payload("user_message", "{\"parts\": [{\"type\": \"text\"}]}", "/payload/parts/0/text"),
        payload("user_message", "{\"parts\": [{\"type\": \"voice\"}]}", "/payload/parts/0/type"),
        payload("user_message", "{\"parts\": [{\"type\": \"file\"}]}", "/payload/parts/0/url"),
        payload("tool_approval", "{\"approved\": true}", "/payload/approvalId"),
        payload("tool_approval", "{\"approvalId\": \"a\", \"approved\": 1}", "/payload/approved"),
        payload("tool_result", "{\"toolCallId\": \"t\"}", "/payload/output"),
        payload(
            "tool_result",
            "{\"toolCallId\": \"t\", \"output\": 1, \"error\": 2}",
            "/payload/output"),
        payload("signal", "{\"data\": 1}", "/payload/name"),
        payload("cancel", "{\"reason\": 1}", "/payload/reason"),
        payload("note", "{}", "/payload/text"));
  }

  static Stream<Arguments> cancelRun() {
    return Stream.of(
        arguments(CANCEL, "{\"reason\": 1}", "400 invalid_request", List.of("/reason")),
        arguments(CANCEL, "{\"because\": \"x\"}", "400 invalid_request", List.of("/because")),
        arguments(
            CANCEL,
            "{\"reason\": \"" + "x".repeat(1001) + "\"}",
            "422 unprocessable",
            List.of("/reason")));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void without_a_body_there_is_none_to_read(String target) {
    assertThat(service.client().post(target, "").refusal()).isEqualTo("400 invalid_request");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void bytes_that_are_no_utf8_are_not_json(String target) {
    byte[] body = "{\"a\": \"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(service.client().send("POST", target, body).refusal())
        .isEqualTo("400 invalid_request");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void another_type_of_content_is_refused(String target) {
    Client client = service.client();

    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=latin1",
            "x")) {
      assertThat(client.with("Content-Type", type).post(target, "{}").refusal())
          .as(type)
          .isEqualTo("415 unsupported_media_type");
    }
    assertThat(client.with("Content-Encoding", "gzip").post(target, "{}").refusal())
        .isEqualTo("415 unsupported_media_type");
  }

  @ParameterizedTest
  @MethodSource("calls")
  @Tag("scenario-24")
  void a_body_beyond_the_limit_is_refused_before_it_is_parsed(String target) {
    String body = "{\"x\": \"" + "x".repeat(1 << 20) + "\"}";

    assertThat(service.client().post(target, body).refusal()).isEqualTo("413 payload_too_large");
  }

  @Test
  @Tag("scenario-24")
  void a_caller_that_sends_everything_before_it_listens_hears_why_it_was_refused()
      throws IOException {
    String body = "x".repeat(12 << 20);
    try (RawConnection connection = new RawConnection(service)) {
      connection.send(
          "POST "
              + FRAMES
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);

      assertThat(connection.rest()).startsWith("HTTP/1.1 401 ");
    }
  }

  static Stream<String> calls() {
    return Stream.of(RUNS, FRAMES);
  }

  @Test
  void a_body_is_refused_where_none_is_taken() {
    assertThat(
            service
                .client()
                .send("GET", Started.path(1), "{}".getBytes(StandardCharsets.UTF_8))
                .refusal())
        .isEqualTo("400 invalid_request");
  }

  @Test
  void a_body_of_json_with_its_charset_is_taken() {
    Reply reply =
        service
            .client()
            .with("Content-Type", "Application/JSON; Charset=\"UTF-8\"")
            .post(FRAMES, Started.frame("charset", "ü😀"));

    assertThat(reply.status()).isEqualTo(202);
  }

  private static Arguments start(String body, String refusal, String... paths) {
    return arguments(RUNS, body, refusal, List.of(paths));
  }

  private static Arguments frame(String body, String refusal, String... paths) {
    return arguments(FRAMES, body, refusal, List.of(paths));
  }

  private static Arguments payload(String type, String payload, String path) {
    String body = "{\"frameId\": \"p\", \"type\": \"" + type + "\", \"payload\": " + payload + "}";
    return arguments(FRAMES, body, "422 unprocessable", List.of(path));
  }
}
