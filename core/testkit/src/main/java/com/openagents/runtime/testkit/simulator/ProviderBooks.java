package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.testkit.law.RunEvidence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the model's provider knows by itself: for which runs it made answers and charged for them,
/// and which it failed.
///
/// The identity of a call names its run before the first colon, and its turn behind it.
final class ProviderBooks {

  private final Map<String, Integer> charged = new HashMap<>();
  private final Set<String> failed = new HashSet<>();
  private final Map<String, Integer> firstTurns = new HashMap<>();

  /// Somebody asked, whatever comes of it.
  void ask(String callId) {
    int turn = Integer.parseInt(callId.substring(callId.indexOf(':') + 1, callId.indexOf('.')));
    firstTurns.merge(run(callId), turn, Math::min);
  }

  /// An answer was made whole.
  void charge(String callId) {
    charged.merge(run(callId), 1, Integer::sum);
  }

  /// A caller heard that there is no answer.
  void fail(String callId) {
    failed.add(run(callId));
  }

  boolean failed(RunId runId) {
    return failed.contains(runId.toString());
  }

  /// How many answers were made for a run.
  private int charged(RunId runId) {
    return charged.getOrDefault(runId.toString(), 0);
  }

  /// Answers are made again after a crash, and never told without being made.
  Optional<String> breach(RunEvidence run) {
    long told =
        run.own()
            .filter(envelope ->
                envelope.event() instanceof MessageCompleted message
                    && message.outcome() == Outcome.COMPLETE
                    && message.model() != null)
            .count();
    int made = charged(run.head().runId());
    return told <= made
        ? Optional.empty()
        : Optional.of("it told %d answers of %d that were made".formatted(told, made));
  }

  /// What a fork has of its original is not carried out again.
  Optional<String> repetition(RunEvidence run) {
    int turns = run.inherited().turns();
    int first = firstTurns.getOrDefault(run.head().runId().toString(), Integer.MAX_VALUE);
    return first > turns
        ? Optional.empty()
        : Optional.of("it asked a model for turn %d, and inherited %d".formatted(first, turns));
  }

  private static String run(String callId) {
    return callId.substring(0, callId.indexOf(':'));
  }
}
