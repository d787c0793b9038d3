package com.openagents.runtime.stream;

import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.stream.Mapping.Step;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the AI SDK's reader sees of messages and reasoning.
final class AiSdkTexts {

  private static final Set<String> PORTABLE_FINISH_REASONS =
      Set.of("stop", "length", "content-filter", "tool-calls", "error", "other");

  private AiSdkTexts() {}

  static Step<AiSdkState> message(AiSdkState state, MessageEvent event) {
    return step(finishing(state, event), state.texts().next(event));
  }

  static Step<AiSdkState> reasoning(AiSdkState state, ReasoningEvent event) {
    return step(state, state.texts().next(event));
  }

  private static Step<AiSdkState> step(AiSdkState state, OpenTexts.Change change) {
    return new Step<>(
        state.with(change.texts()), change.signs().stream().map(AiSdkChunks::of).toList());
  }

  private static AiSdkState finishing(AiSdkState state, MessageEvent event) {
    return event instanceof MessageCompleted message && message.outcome() == Outcome.COMPLETE
        ? state.finishing(finishReason(message.model()))
        : state;
  }

  private static String finishReason(@Nullable ModelUse model) {
    if (model == null) {
      return "stop";
    }
    return PORTABLE_FINISH_REASONS.contains(model.finishReason()) ? model.finishReason() : "other";
  }
}
