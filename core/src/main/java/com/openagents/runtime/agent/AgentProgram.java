package com.openagents.runtime.agent;

import java.util.List;

/// An agent: a pure function of what has happened so far.
///
/// The runtime appends what is decided before acting on it and the result after, then folds and
/// asks again, until a decision ends the turn. A program is never replayed to rebuild state, so it
/// may change with any deploy. It must be deterministic and free of side effects; it may be called
/// from any thread.
///
/// A program keeps nothing between calls: the next one may be made on another node, and a decision
/// that could not be written is asked for again. What it goes by is in [AgentState].
public interface AgentProgram {

  /// The name under which runs ask for the program.
  String name();

  /// A run is begun under this version, and its log says so for good.
  int version();

  /// Whether the program continues runs that began under an older version of it. One that no node
  /// continues stays where it is until a node does.
  default boolean continues(int olderVersion) {
    return olderVersion <= version();
  }

  /// The types of frame that the program understands beside the built-in ones. Each begins a turn.
  default List<String> frameTypes() {
    return List.of();
  }

  /// Decides what to do next.
  ///
  /// Only the last of a decision may end the turn, by [Intent.AwaitFrames], [Intent.Finish] or
  /// [Intent.Fail], and one of them has to come: a turn of a hundred decisions without a wait for a
  /// time or an approval fails the run with `agent_error`. What a program throws counts as a crash
  /// of its executor. The same is asked again, at once and then after pauses; after the fourth time
  /// without progress the run fails with `poison_frame`.
  ///
  /// @return what to do, in order; empty, or something behind the end of the turn, fails the run
  ///   with `agent_error`
  List<Intent> decide(AgentState state);
}
