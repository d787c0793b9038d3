package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.testkit.assertion.RunLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What agents threw, by the frame that they were deciding about, since a log has no more than the
/// class of it.
final class AgentErrors {

  private record Place(ThreadId thread, FrameId frame) {}

  private final Map<Place, Throwable> thrown = new HashMap<>();

  /// The same program, listened to.
  AgentProgram heard(AgentProgram program) {
    return new Heard(program);
  }

  /// What the agent of a run threw last.
  @Nullable Throwable of(RunLog log) {
    ThreadId thread = log.state().specified().threadId();
    return log.eventsOf(FrameAccepted.class).reversed().stream()
        .map(frame -> thrown.get(new Place(thread, frame.frameId())))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private final class Heard implements AgentProgram {

    private final AgentProgram program;

    Heard(AgentProgram program) {
      this.program = program;
    }

    @Override
    public String name() {
      return program.name();
    }

    @Override
    public int version() {
      return program.version();
    }

    @Override
    public boolean continues(int olderVersion) {
      return program.continues(olderVersion);
    }

    @Override
    public List<String> frameTypes() {
      return program.frameTypes();
    }

    @Override
    public List<Intent> decide(AgentState state) {
      try {
        return Objects.requireNonNull(program.decide(state), "it decided null");
      } catch (RuntimeException | Error e) {
        FrameId frame = state.frames().getLast().frameId();
        thrown.put(new Place(state.spec().threadId(), frame), e);
        throw e;
      }
    }
  }
}
