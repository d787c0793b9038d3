package com.openagents.runtime.agent;

import java.util.List;

/// An agent: a pure function of what has happened so far.
///
/// The runtime appends what is decided before acting on it and the result after, then folds and
/// asks again. A program is never replayed to rebuild state, so it may change with any deploy. It
/// must be deterministic and free of side effects; it may be called from any thread.
public interface AgentProgram {

  /// The name under which runs ask for the program.
  String name();

  int version();

  /// Whether the program continues runs that began under an older version of it.
  default boolean continues(int olderVersion) {
    return olderVersion <= version();
  }

  /// The types of frame that the program understands beside the built-in ones.
  default List<String> frameTypes() {
    return List.of();
  }

  /// Decides what to do next.
  ///
  /// @return what to do, in order; empty is a failure of the agent
  List<Intent> decide(AgentState state);
}
