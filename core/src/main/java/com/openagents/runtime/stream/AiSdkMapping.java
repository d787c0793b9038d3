package com.openagents.runtime.stream;

import com.openagents.runtime.event.DsEvent;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.MemoryEvent;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.SpendEvent;
import com.openagents.runtime.event.StepEvent;
import com.openagents.runtime.event.StepEvent.CheckpointSaved;
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent;
import com.openagents.runtime.identity.RunId;
import java.util.List;

/// The AI SDK's UI message stream: one run is one assistant message, whose id is the run's.
///
/// Made of what strict clients of the declared version accept, without additions: the first clients
/// of each version refuse a chunk with a field or a type that they do not know.
///
/// @param aiSdk the client's version: 5, 6 or 7
public record AiSdkMapping(int aiSdk) implements Mapping<AiSdkState> {

  /// What every supported client understands.
  public static final AiSdkMapping PORTABLE = new AiSdkMapping(5);

  public AiSdkMapping {
    if (aiSdk < 5 || aiSdk > 7) {
      throw new IllegalArgumentException("aiSdk is 5, 6 or 7");
    }
  }

  @Override
  public AiSdkState initial() {
    return AiSdkState.INITIAL;
  }

  @Override
  public boolean resting(AiSdkState state) {
    return state.texts().isEmpty();
  }

  @Override
  public Step<AiSdkState> next(AiSdkState state, Envelope envelope) {
    return switch (envelope.event()) {
      case RunEvent event -> run(state, envelope.runId(), event);
      case StepEvent event -> step(state, event);
      case MessageEvent event -> AiSdkTexts.message(state, event);
      case ReasoningEvent event -> AiSdkTexts.reasoning(state, event);
      case ToolEvent event -> new AiSdkTools(aiSdk).next(state, event);
      case FrameEvent event -> new Step<>(state, frame(event));
      case DsEvent _, SpendEvent _, MemoryEvent _, Event.Unrecognized _ ->
          new Step<>(state, List.of());
    };
  }

  private static Step<AiSdkState> run(AiSdkState state, RunId runId, RunEvent event) {
    return switch (event) {
      case RunCreated _ -> new Step<>(state, List.of(AiSdkChunks.start(runId.toString())));
      case RunForked forked -> new Step<>(AiSdkState.INITIAL, AiSdkEnding.forked(state, forked));
      case RunCompleted() -> new Step<>(AiSdkState.INITIAL, AiSdkEnding.completed(state));
      case RunFailed failed -> new Step<>(AiSdkState.INITIAL, AiSdkEnding.failed(state, failed));
      case RunCanceled canceled ->
          new Step<>(AiSdkState.INITIAL, AiSdkEnding.canceled(state, canceled));
      case RunEvent other ->
          new Step<>(state, Notices.of(other).stream().map(AiSdkChunks::of).toList());
    };
  }

  private static Step<AiSdkState> step(AiSdkState state, StepEvent event) {
    return switch (event) {
      case StepStarted _ -> {
        List<Chunk> chunks = state.inStep() ? finishStep(state) : AiSdkEnding.closeTexts(state);
        chunks.add(AiSdkChunks.START_STEP);
        yield new Step<>(state.inStep(true), chunks);
      }
      case StepFinished _ when state.inStep() -> new Step<>(state.inStep(false), finishStep(state));
      case LoopDetected loop -> new Step<>(state, List.of(AiSdkChunks.of(Notices.of(loop))));
      case StepFinished _, CheckpointSaved _ -> new Step<>(state, List.of());
    };
  }

  /// A reader forgets the texts that are open when a step finishes, so they end before.
  private static List<Chunk> finishStep(AiSdkState state) {
    List<Chunk> chunks = AiSdkEnding.closeTexts(state);
    chunks.add(AiSdkChunks.FINISH_STEP);
    return chunks;
  }

  private static List<Chunk> frame(FrameEvent event) {
    return switch (event) {
      case FrameAccepted _ -> List.of();
      case FrameQuarantined quarantined -> List.of(AiSdkChunks.of(Notices.of(quarantined)));
    };
  }
}
