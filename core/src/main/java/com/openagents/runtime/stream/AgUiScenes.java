package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.DsEvent;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.MemoryEvent;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.SpendEvent;
import com.openagents.runtime.event.StepEvent;
import com.openagents.runtime.event.StepEvent.CheckpointSaved;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.stream.Mapping.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an event shows while an AG-UI run is open.
final class AgUiScenes {

  private AgUiScenes() {}

  /// @param state with an AG-UI run
  static Step<AgUiState> next(AgUiState state, Envelope envelope) {
    AgUiChunks write = new AgUiChunks(envelope.runId());
    return switch (envelope.event()) {
      case RunEvent event -> run(state, write, event);
      case StepEvent event -> step(state, event);
      case MessageEvent event -> message(state, write, event);
      case ReasoningEvent event -> text(state, write, state.texts().next(event), null);
      case ToolEvent event -> AgUiTools.next(state, write, event);
      case FrameEvent event -> new Step<>(state, frame(event));
      case DsEvent _, SpendEvent _, MemoryEvent _, Event.Unrecognized _ ->
          new Step<>(state, List.of());
    };
  }

  private static Step<AgUiState> run(AgUiState state, AgUiChunks write, RunEvent event) {
    return switch (event) {
      case RunWaiting waiting when forPeople(state, waiting.waitingFor()) ->
          new Step<>(state.resting(), AgUiEnding.resting(state, write));
      case RunForked _ -> new Step<>(state.forked(), AgUiEnding.forked(state, write));
      case RunCompleted() -> new Step<>(AgUiState.INITIAL, AgUiEnding.completed(state, write));
      case RunFailed failed ->
          new Step<>(AgUiState.INITIAL, AgUiEnding.failed(state, write, failed));
      case RunCanceled canceled ->
          new Step<>(AgUiState.INITIAL, AgUiEnding.canceled(state, write, canceled));
      case RunEvent other ->
          new Step<>(state, Notices.of(other).stream().map(AgUiChunks::custom).toList());
    };
  }

  private static boolean forPeople(AgUiState state, WaitingFor what) {
    return what == WaitingFor.FRAMES || (what == WaitingFor.APPROVAL && !state.asked().isEmpty());
  }

  private static Step<AgUiState> step(AgUiState state, StepEvent event) {
    return switch (event) {
      case StepStarted started -> {
        List<Chunk> chunks = finishStep(state);
        String name = started.turn() + "." + started.step();
        chunks.add(AgUiChunks.stepStarted(name));
        yield new Step<>(state.inStep(name, subjects(started.intents())), chunks);
      }
      case StepFinished _ -> new Step<>(state.inStep(null, Map.of()), finishStep(state));
      case LoopDetected loop -> new Step<>(state, List.of(AgUiChunks.custom(Notices.of(loop))));
      case CheckpointSaved _ -> new Step<>(state, List.of());
    };
  }

  private static List<Chunk> finishStep(AgUiState state) {
    List<Chunk> chunks = new ArrayList<>(2);
    if (state.step() != null) {
      chunks.add(AgUiChunks.stepFinished(state.step()));
    }
    return chunks;
  }

  private static Map<String, String> subjects(List<IntentRecord> intents) {
    Map<String, String> subjects = new HashMap<>();
    for (IntentRecord intent : intents) {
      if (intent.kind().equals("request_approval")
          && intent.body().get("subject") instanceof Json.Str(String subject)) {
        subjects.put(intent.id(), subject);
      }
    }
    return subjects;
  }

  private static Step<AgUiState> message(AgUiState state, AgUiChunks write, MessageEvent event) {
    ModelUse model = event instanceof MessageCompleted message ? message.model() : null;
    AgUiState next = model == null ? state : state.using(model);
    return text(next, write, state.texts().next(event), model);
  }

  private static Step<AgUiState> text(
      AgUiState state, AgUiChunks write, OpenTexts.Change change, @Nullable ModelUse model) {
    List<Chunk> chunks = new ArrayList<>(4);
    change.signs().forEach(sign -> chunks.addAll(write.of(sign, model)));
    return new Step<>(state.with(change.texts()), chunks);
  }

  private static List<Chunk> frame(FrameEvent event) {
    return switch (event) {
      case FrameAccepted _ -> List.of();
      case FrameQuarantined quarantined -> List.of(AgUiChunks.custom(Notices.of(quarantined)));
    };
  }
}
