package com.openagents.runtime.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the AI SDK's reader has open at a place in the log.
///
/// @param inStep whether a step has begun and not finished
/// @param texts texts and reasonings that have begun and not ended
/// @param tools tool calls that were asked for and have no result yet
/// @param finishReason how the last message ended, from the portable set
record AiSdkState(boolean inStep, OpenTexts texts, List<OpenTool> tools, String finishReason) {

  static final AiSdkState INITIAL = new AiSdkState(false, OpenTexts.NONE, List.of(), "stop");

  AiSdkState {
    tools = List.copyOf(tools);
  }

  /// @param approvalId the latest approval that was asked for, or null
  /// @param denied whether that was refused
  record OpenTool(String toolCallId, @Nullable String approvalId, boolean denied) {}

  @Nullable OpenTool tool(String toolCallId) {
    for (OpenTool tool : tools) {
      if (tool.toolCallId().equals(toolCallId)) {
        return tool;
      }
    }
    return null;
  }

  AiSdkState with(OpenTexts next) {
    return new AiSdkState(inStep, next, tools, finishReason);
  }

  AiSdkState opened(OpenTool tool) {
    return withTools(plus(tools, tool));
  }

  AiSdkState asked(OpenTool tool, String approvalId) {
    return withTools(replaced(tools, tool, new OpenTool(tool.toolCallId(), approvalId, false)));
  }

  AiSdkState denied(OpenTool tool) {
    OpenTool denied = new OpenTool(tool.toolCallId(), tool.approvalId(), true);
    return withTools(replaced(tools, tool, denied));
  }

  AiSdkState closed(OpenTool tool) {
    return withTools(minus(tools, tool));
  }

  /// A step begins or finishes, and no text is open.
  AiSdkState inStep(boolean now) {
    return new AiSdkState(now, OpenTexts.NONE, tools, finishReason);
  }

  AiSdkState finishing(String reason) {
    return new AiSdkState(inStep, texts, tools, reason);
  }

  private AiSdkState withTools(List<OpenTool> next) {
    return new AiSdkState(inStep, texts, next, finishReason);
  }

  private static <T> List<T> plus(List<T> items, T item) {
    List<T> more = new ArrayList<>(items);
    more.add(item);
    return more;
  }

  private static <T> List<T> minus(List<T> items, T item) {
    return items.stream().filter(other -> !other.equals(item)).toList();
  }

  private static <T> List<T> replaced(List<T> items, T item, T other) {
    return items.stream().map(each -> each.equals(item) ? other : each).toList();
  }
}
