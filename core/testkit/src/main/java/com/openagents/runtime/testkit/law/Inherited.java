package com.openagents.runtime.testkit.law;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a fork has of its original, and does not carry on; of a run that is none, nothing.
///
/// @param throughSeq the sequence of the last `run.forked`, up to which nothing is the run's own
/// @param turns how many turns had begun before
/// @param dropped messages that no turn had taken, and none will
public record Inherited(long throughSeq, int turns, Set<FrameId> dropped) {

  private static final Inherited NOTHING = new Inherited(0, 0, Set.of());

  public Inherited {
    dropped = Set.copyOf(dropped);
  }

  static Inherited of(List<Envelope> log) {
    Inherited inherited = NOTHING;
    if (log.stream().noneMatch(envelope -> envelope.event() instanceof RunForked)) {
      return inherited;
    }
    RunState state = RunState.ABSENT;
    for (Envelope envelope : log) {
      if (envelope.event() instanceof RunForked) {
        Set<FrameId> dropped =
            state.pending().stream()
                .filter(frame -> frame.effect() == FrameType.Effect.TURN)
                .map(frame -> frame.frame().frameId())
                .collect(Collectors.toCollection(HashSet::new));
        dropped.addAll(inherited.dropped());
        inherited = new Inherited(envelope.seq(), state.turn(), dropped);
      }
      state = RunFold.apply(state, envelope);
    }
    return inherited;
  }
}
