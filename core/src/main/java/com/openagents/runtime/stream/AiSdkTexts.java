package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.stream.AiSdkState.OpenText;
import com.openagents.runtime.stream.Mapping.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the AI SDK's reader sees of messages and reasoning.
///
/// A completed text carries the whole: what no delta has shown is shown before it is closed. So a
/// log whose deltas have aged out still gives every message, as one delta, or says where it lies.
final class AiSdkTexts {

  private static final Set<String> PORTABLE_FINISH_REASONS =
      Set.of("stop", "length", "content-filter", "tool-calls", "error", "other");

  private AiSdkTexts() {}

  static Step<AiSdkState> message(AiSdkState state, MessageEvent event) {
    return switch (event) {
      case MessageStarted(String id) -> started(state, id, false);
      case MessageDelta(String id, String text) -> delta(state, id, false, text);
      case MessageCompleted whole -> completed(state, whole);
    };
  }

  private static Step<AiSdkState> completed(AiSdkState state, MessageCompleted message) {
    String id = message.messageId();
    boolean complete = message.outcome() == Outcome.COMPLETE;
    AiSdkState finishing = complete ? state.finishing(finishReason(message.model())) : state;
    Step<AiSdkState> step = completed(finishing, new Whole(id, false, message.text(), complete));
    OpenText open = state.text(id, false);
    BlobRef blob = open == null || open.shown() == 0 ? message.blob() : null;
    if (blob == null) {
      return step;
    }
    List<Chunk> chunks = new ArrayList<>(step.chunks());
    Map<String, Json> data = new LinkedHashMap<>(blob.claim().fields());
    data.put("messageId", Json.of(id));
    chunks.add(AiSdkChunks.part("blob", null, new Json.Obj(data)));
    return new Step<>(step.state(), chunks);
  }

  static Step<AiSdkState> reasoning(AiSdkState state, ReasoningEvent event) {
    return switch (event) {
      case ReasoningStarted(String id) -> started(state, id, true);
      case ReasoningDelta(String id, String text) -> delta(state, id, true, text);
      case ReasoningCompleted(String id, String text, Outcome outcome) ->
          completed(state, new Whole(id, true, text, outcome == Outcome.COMPLETE));
    };
  }

  private static Step<AiSdkState> started(AiSdkState state, String id, boolean reasoning) {
    if (state.text(id, reasoning) != null) {
      return new Step<>(state, List.of());
    }
    return new Step<>(
        state.opened(new OpenText(id, reasoning, 0)),
        List.of(AiSdkChunks.textStart(reasoning, id)));
  }

  private static Step<AiSdkState> delta(
      AiSdkState state, String id, boolean reasoning, String delta) {
    OpenText open = state.text(id, reasoning);
    if (open == null) {
      return new Step<>(state, List.of());
    }
    return new Step<>(
        state.shown(open, delta.length()), List.of(AiSdkChunks.textDelta(reasoning, id, delta)));
  }

  private record Whole(String id, boolean reasoning, String text, boolean complete) {

    Chunk interruption() {
      String of = reasoning ? "reasoningId" : "messageId";
      return AiSdkChunks.part("interrupted", null, Json.object().put(of, id).build());
    }

    /// What a reader has not got who has got this many characters.
    String after(int shown) {
      boolean inPair = shown < text.length() && Character.isLowSurrogate(text.charAt(shown));
      return text.substring(Math.min(text.length(), inPair ? shown + 1 : shown));
    }
  }

  private static Step<AiSdkState> completed(AiSdkState state, Whole whole) {
    List<Chunk> chunks = new ArrayList<>(4);
    OpenText open = state.text(whole.id(), whole.reasoning());
    String rest = whole.after(open == null ? 0 : open.shown());
    boolean shows = open != null || !rest.isEmpty();
    if (open == null && shows) {
      chunks.add(AiSdkChunks.textStart(whole.reasoning(), whole.id()));
    }
    if (!rest.isEmpty()) {
      chunks.add(AiSdkChunks.textDelta(whole.reasoning(), whole.id(), rest));
    }
    if (shows) {
      chunks.add(AiSdkChunks.textEnd(whole.reasoning(), whole.id()));
    }
    if (!whole.complete()) {
      chunks.add(whole.interruption());
    }
    return new Step<>(open == null ? state : state.closed(open), chunks);
  }

  private static String finishReason(@Nullable ModelUse model) {
    if (model == null) {
      return "stop";
    }
    return PORTABLE_FINISH_REASONS.contains(model.finishReason()) ? model.finishReason() : "other";
  }
}
