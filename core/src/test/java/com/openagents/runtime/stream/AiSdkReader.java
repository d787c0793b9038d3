package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the AI SDK's own reader demands of the order of chunks, and fails on.
final class AiSdkReader {

  private final Set<String> open = new HashSet<>();
  private final Map<String, Boolean> tools = new HashMap<>();
  private final Set<String> approvals = new HashSet<>();
  private boolean inStep;
  private @Nullable String last;

  void read(Chunk chunk) {
    Json.Obj json = (Json.Obj) JsonReader.read(chunk.json());
    String type = text(json, "type");
    assertThat(last).as("nothing follows the end").isNotIn("error", "abort", "finish");
    last = type;
    switch (type) {
      case "text-start", "reasoning-start" -> assertThat(open.add(part(json, type))).isTrue();
      case "text-delta", "reasoning-delta" -> assertThat(open).contains(part(json, type));
      case "text-end", "reasoning-end" -> assertThat(open.remove(part(json, type))).isTrue();
      case "tool-input-available" -> tools.put(text(json, "toolCallId"), false);
      case "tool-approval-request" -> {
        assertThat(tools).containsKey(text(json, "toolCallId"));
        approvals.add(text(json, "approvalId"));
      }
      case "tool-approval-response" -> assertThat(approvals).contains(text(json, "approvalId"));
      case "tool-output-available", "tool-output-error", "tool-output-denied" ->
          assertThat(tools.put(text(json, "toolCallId"), true)).isFalse();
      case "start-step" -> step(true);
      case "finish-step" -> step(false);
      case "finish", "error", "abort" -> ended();
      default -> assertThat(type).matches("start|data-[a-z-]+");
    }
  }

  private void step(boolean starts) {
    assertThat(inStep).isNotEqualTo(starts);
    assertThat(open).as("texts that a step forgets").isEmpty();
    inStep = starts;
  }

  private void ended() {
    assertThat(open).as("texts that stay open").isEmpty();
    assertThat(tools).as("tools that stay open").doesNotContainValue(false);
    assertThat(inStep).isFalse();
  }

  private static String part(Json.Obj json, String type) {
    return type.substring(0, type.indexOf('-')) + " " + text(json, "id");
  }

  private static String text(Json.Obj json, String name) {
    if (json.get(name) instanceof Json.Str(String text)) {
      return text;
    }
    throw new AssertionError(name + " is missing in " + json);
  }
}
