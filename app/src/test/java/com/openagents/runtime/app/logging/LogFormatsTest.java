package com.openagents.runtime.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogFormatsTest {

  @Test
  void text_shows_what_a_person_needs() {
    String written =
        LogLines.text(log -> {
          log.getLoggerContext().getMDCAdapter().put("requestId", "r-1");
          log.atWarn().addKeyValue("runs", 3).log("{} are late", "some");
        });
    assertThat(written)
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Some: some are late requestId=r-1 runs=3\n");
  }

  @Test
  void json_has_the_time_in_utc_the_context_and_typed_values() {
    String written =
        LogLines.json(log -> {
          var context = log.getLoggerContext().getMDCAdapter();
          context.put("requestId", "r-1");
          context.put("traceId", "t-1");
          context.put("message", "taken");
          log.atInfo().addKeyValue("runs", 3).addKeyValue("late", true).log("hello");
        });
    var line = (Json.Obj) JsonReader.read(written);
    assertThat(line.fields().keySet())
        .containsExactly(
            "time",
            "level",
            "logger",
            "thread",
            "message",
            "late",
            "ctx_message",
            "requestId",
            "runs",
            "traceId");
    assertThat(text(line, "time"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3,6})?Z");
    assertThat(line.get("level")).isEqualTo(Json.of("INFO"));
    assertThat(line.get("logger")).isEqualTo(Json.of("com.openagents.runtime.Some"));
    assertThat(line.get("runs")).isEqualTo(Json.of(3));
    assertThat(line.get("late")).isEqualTo(Json.TRUE);
    assertThat(line.get("traceId")).isEqualTo(Json.of("t-1"));
    assertThat(line.get("ctx_message")).isEqualTo(Json.of("taken"));
  }

  @Test
  void a_failure_is_one_field_with_its_causes() {
    var failure = new IllegalStateException("outer", new Error("inner"));
    failure.addSuppressed(new RuntimeException("beside"));
    var line = (Json.Obj) JsonReader.read(LogLines.json(log -> log.error("failed", failure)));
    assertThat(text(line, "error"))
        .startsWith("java.lang.IllegalStateException: outer\n")
        .contains("\nsuppressed: java.lang.RuntimeException: beside\n")
        .contains("\ncaused by: java.lang.Error: inner\n")
        .contains("LogFormatsTest");
  }

  @Test
  void a_failure_that_causes_itself_ends() {
    var first = new IllegalStateException("first");
    var second = new IllegalStateException("second", first);
    first.initCause(second);
    assertThat(LogLines.text(log -> log.error("failed", first)).lines().count()).isLessThan(200);
  }

  @Test
  void a_failure_without_measure_is_cut() {
    var failure = new IllegalStateException("cause 0");
    for (int cause = 1; cause <= 20; cause++) {
      failure = new IllegalStateException("cause " + cause, failure);
    }
    StackTraceElement[] frames = new StackTraceElement[100];
    Arrays.setAll(frames, frame -> new StackTraceElement("Deep", "call", "Deep.java", frame));
    failure.setStackTrace(frames);
    var last = failure;
    String written = LogLines.text(log -> log.error("failed", last));
    assertThat(written).contains("Deep.java:59", "… 40 more").doesNotContain("Deep.java:60");
    assertThat(written).contains("cause 10\n").doesNotContain("cause 9\n");
  }

  private static String text(Json.Obj line, String name) {
    return line.get(name) instanceof Json.Str(var text) ? text : "";
  }
}
