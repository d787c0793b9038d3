package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What AG-UI's verifier demands of the order of events, and fails on.
final class AgUiReader {

  private final Set<String> open = new HashSet<>();
  private final Set<String> calls = new HashSet<>();
  private final Set<String> runs = new HashSet<>();
  private @Nullable String run;
  private @Nullable String ended;

  void read(Chunk chunk) {
    Json.Obj json = (Json.Obj) JsonReader.read(chunk.json());
    String type = text(json, "type");
    if (type.equals("RUN_STARTED")) {
      assertThat(run).as("the run before is still open").isNull();
      run = text(json, "runId");
      assertThat(runs.add(run)).as("no run begins twice").isTrue();
      assertThat(open).isEmpty();
      return;
    }
    assertThat(run).as("an event outside a run: %s", json).isNotNull();
    ended = null;
    switch (type) {
      case "TEXT_MESSAGE_START", "REASONING_MESSAGE_START", "REASONING_START", "TOOL_CALL_START" ->
          assertThat(open.add(item(json, type))).as("%s", json).isTrue();
      case "TEXT_MESSAGE_CONTENT", "REASONING_MESSAGE_CONTENT", "TOOL_CALL_ARGS" ->
          assertThat(open).contains(item(json, type));
      case "TEXT_MESSAGE_END", "REASONING_MESSAGE_END", "REASONING_END", "TOOL_CALL_END" -> {
        assertThat(open.remove(item(json, type))).as("%s", json).isTrue();
        if (type.startsWith("TOOL")) {
          assertThat(calls.add(text(json, "toolCallId"))).isTrue();
        }
      }
      case "TOOL_CALL_RESULT" ->
          assertThat(calls.remove(text(json, "toolCallId"))).as("%s", json).isTrue();
      case "STEP_STARTED" -> assertThat(open.add("STEP " + text(json, "stepName"))).isTrue();
      case "STEP_FINISHED" -> assertThat(open.remove("STEP " + text(json, "stepName"))).isTrue();
      case "RUN_FINISHED" -> {
        assertThat(text(json, "runId")).isEqualTo(run);
        end(type);
      }
      case "RUN_ERROR" -> end(type);
      default -> assertThat(type).isEqualTo("CUSTOM");
    }
  }

  private void end(String type) {
    assertThat(open).as("what stays open").isEmpty();
    run = null;
    ended = type;
  }

  /// The run of the log has ended.
  void finish() {
    assertThat(ended).as("the last event ends a run").isNotNull();
    assertThat(calls).as("calls without a result").isEmpty();
  }

  private static String item(Json.Obj json, String type) {
    boolean call = type.startsWith("TOOL");
    return type.substring(0, type.lastIndexOf('_')).replace("_ARGS", "")
        + " "
        + text(json, call ? "toolCallId" : "messageId");
  }

  private static String text(Json.Obj json, String name) {
    if (json.get(name) instanceof Json.Str(String text)) {
      return text;
    }
    throw new AssertionError(name + " is missing in " + json);
  }
}
