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
/// The identity of a call names its run before the first colon.
final class ProviderBooks {

  private final Map<String, Integer> charged = new HashMap<>();
  private final Set<String> failed = new HashSet<>();

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
        run.log().stream()
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

  private static String run(String callId) {
    return callId.substring(0, callId.indexOf(':'));
  }
}
