package com.openagents.runtime.agent;

import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Trail;
import com.openagents.runtime.run.Utterance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a program sees: folded facts and the time.
///
/// Of earlier turns there is what was said, in `conversation`, and nothing else: no step, no
/// result, no signal.
///
/// @param earlier what was said in the thread before this run, oldest first, bounded
/// @param conversation what was said in this run, this turn's frames included, oldest first; by the
///   agent too, whether in its own words or a model's
/// @param frames the frames that this turn answers, of which the last began it; those before it are
///   notes
/// @param turn the steps of this turn so far; null before its first step, when `frames` has what
///   the turn is about
/// @param now when this is decided, on the store's clock as the node knows it: to count from, as
///   for a sleep of three days. What is decided is logged and not decided again; only where nothing
///   could be written the agent is asked anew, a moment later
public record AgentState(
    RunSpec spec,
    List<Utterance> earlier,
    List<Utterance> conversation,
    List<FrameAccepted> frames,
    @Nullable OpenTurn turn,
    Instant now) {

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
