package com.openagents.runtime.agent;

import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Trail;
import com.openagents.runtime.run.Utterance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a program sees: folded facts, nothing else.
///
/// @param earlier what was said in the thread before this run, oldest first, bounded
/// @param conversation what was said in this run, this turn's frames included, oldest first
/// @param turn the frames of this turn and its steps so far; null before its first step, when
///   `frames` has what the turn is about
/// @param frames the frames that this turn answers
public record AgentState(
    RunSpec spec,
    List<Utterance> earlier,
    List<Utterance> conversation,
    List<FrameAccepted> frames,
    @Nullable OpenTurn turn) {

  public AgentState {
    earlier = Trail.copyOf(earlier);
    conversation = Trail.copyOf(conversation);
    frames = List.copyOf(frames);
  }

  /// Whether this is the first decision of the turn.
  public boolean turnBegins() {
    return turn == null;
  }
}
