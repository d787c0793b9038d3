package com.openagents.runtime.agent;

import com.openagents.runtime.event.RunSpec.AgentRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The programs that a node can run, by name. Immutable.
public final class AgentPrograms {

  private final Map<String, AgentProgram> byName = new HashMap<>();

  public AgentPrograms(List<AgentProgram> programs) {
    for (AgentProgram program : programs) {
      if (byName.putIfAbsent(program.name(), program) != null) {
        throw new IllegalArgumentException("two programs are named " + program.name());
      }
    }
  }

  /// The built-in programs: [Assistant] and [Echo].
  public static AgentPrograms builtIn() {
    return new AgentPrograms(List.of(new Assistant(), new Echo()));
  }

  public Optional<AgentProgram> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// The program that goes on with a run, or empty when this node has none that may.
  public Optional<AgentProgram> continuing(AgentRef agent) {
    return named(agent.name()).filter(program -> program.continues(agent.version()));
  }
}
