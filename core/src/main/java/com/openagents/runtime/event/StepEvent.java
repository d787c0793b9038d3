package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import java.util.List;

/// The progress of a turn: one step is one decision of the agent and what came of it.
public sealed interface StepEvent extends Event.Known {

  /// @param turn number of the turn within the run, from 1
  /// @param step number of the step within the turn, from 1
  /// @param consumesThrough every frame up to this sequence belongs to this or an earlier turn
  /// @param intents what the agent decided, in order; appended before anything is acted on
  record StepStarted(int turn, int step, long consumesThrough, List<IntentRecord> intents)
      implements StepEvent {
    public StepStarted {
      intents = List.copyOf(intents);
    }

    @Override
    public EventType is() {
      return EventType.STEP_STARTED;
    }
  }

  /// An intent as the log keeps it.
  ///
  /// @param id `<turn>.<step>.<index>`, stable across recoveries
  /// @param kind `say`, `predict`, `finish`, …
  record IntentRecord(String id, String kind, Json.Obj body) {}

  /// @param outcome `done`, `interrupted` or `failed`
  record StepFinished(int turn, int step, String outcome) implements StepEvent {
    @Override
    public EventType is() {
      return EventType.STEP_FINISHED;
    }
  }

  /// A fold of the log up to a sequence was saved; reading may begin there.
  record CheckpointSaved(long throughSeq, Digest digest) implements StepEvent {
    @Override
    public EventType is() {
      return EventType.CHECKPOINT_SAVED;
    }
  }

  /// @param level `warning` or `critical`
  record LoopDetected(String detector, String level, int count, String message)
      implements StepEvent {
    @Override
    public EventType is() {
      return EventType.LOOP_DETECTED;
    }
  }
}
