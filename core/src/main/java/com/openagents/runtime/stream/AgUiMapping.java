package com.openagents.runtime.stream;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent;
import com.openagents.runtime.event.RunEvent.RunChildEnded;
import com.openagents.runtime.event.RunEvent.RunChildStarted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.ToolEvent;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import java.util.ArrayList;
import java.util.List;

/// AG-UI 1.0: a run is one or more AG-UI runs on one stream, each of which lasts until people are
/// waited for, or until the end.
///
/// The first has the id of the run, every other one the run's and the sequence at which it began.
/// Nothing shows before the run was created, for a stream begins with `RUN_STARTED`.
public record AgUiMapping() implements Mapping<AgUiState> {

  @Override
  public AgUiState initial() {
    return AgUiState.INITIAL;
  }

  @Override
  public boolean resting(AgUiState state) {
    return state.texts().isEmpty();
  }

  /// Clients read all data as JSON.
  @Override
  public boolean saysDone() {
    return false;
  }

  @Override
  public Step<AgUiState> next(AgUiState state, Envelope envelope) {
    if (state.threadId() == null) {
      return envelope.event() instanceof RunCreated created
          ? created(state, envelope, created)
          : new Step<>(state, List.of());
    }
    return state.run() == null ? paused(state, envelope) : AgUiScenes.next(state, envelope);
  }

  private static Step<AgUiState> created(AgUiState state, Envelope envelope, RunCreated created) {
    AgUiState next = state.created(created.spec().threadId().value(), envelope.runId().toString());
    return new Step<>(next, AgUiEnding.opening(next));
  }

  /// No AG-UI run is open: what shows anything needs one.
  private static Step<AgUiState> paused(AgUiState state, Envelope envelope) {
    if (envelope.event() instanceof RunForked && !state.unsettled()) {
      return new Step<>(state.forked(), List.of());
    }
    AgUiState opened = state.opened(envelope.runId() + "." + envelope.seq());
    Step<AgUiState> step = AgUiScenes.next(opened, envelope);
    if (step.chunks().isEmpty()) {
      return new Step<>(step.state().resting(), List.of());
    }
    boolean aside = aside(envelope.event());
    List<Chunk> chunks = new ArrayList<>(AgUiEnding.opening(aside ? opened.aside() : opened));
    chunks.addAll(step.chunks());
    if (aside) {
      chunks.add(AgUiEnding.paused(step.state()));
    }
    return new Step<>(aside ? step.state().resting() : step.state(), chunks);
  }

  /// Whether the run goes on waiting after the event, so that its AG-UI run ends with it.
  private static boolean aside(Event event) {
    return switch (event) {
      case ToolRequested _, ToolApprovalRequested _, ToolApprovalResolved _ -> false;
      case ToolEvent _, FrameEvent _ -> true;
      case RunLimitWarning _, RunExecutorLost _, RunChildStarted _, RunChildEnded _ -> true;
      case LoopDetected _ -> true;
      default -> false;
    };
  }
}
