package com.openagents.runtime.run;

import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import java.util.ArrayList;
import java.util.List;

/// A turn in progress.
///
/// @param number from 1
/// @param frames the frames that the turn answers, oldest first; notes before the one that began it
/// @param steps the decisions so far, oldest first
public record OpenTurn(int number, List<FrameAccepted> frames, List<Step> steps) {

  public OpenTurn {
    frames = List.copyOf(frames);
    steps = List.copyOf(steps);
  }

  public Step lastStep() {
    return steps.getLast();
  }

  OpenTurn withStep(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new OpenTurn(number, frames, more);
  }

  OpenTurn withLastStep(Step step) {
    List<Step> same = new ArrayList<>(steps.subList(0, steps.size() - 1));
    same.add(step);
    return new OpenTurn(number, frames, same);
  }

  /// One decision and what came of it.
  ///
  /// @param results one for each intent that has ended, in order
  /// @param waited whether the run waited, and was resumed, for an intent of this step
  public record Step(
      int number,
      List<IntentRecord> intents,
      List<Result> results,
      boolean waited,
      boolean finished) {

    public Step {
      intents = List.copyOf(intents);
      results = List.copyOf(results);
    }

    Step withResult(Result result) {
      List<Result> more = new ArrayList<>(results);
      more.add(result);
      return new Step(number, intents, more, waited, finished);
    }

    Step resumed() {
      return new Step(number, intents, results, true, finished);
    }

    Step ended() {
      return new Step(number, intents, results, waited, true);
    }

    /// How many texts were begun for an intent and did not come to their end.
    public int interruptions(String intentId) {
      return (int)
          results.stream()
              .filter(r -> r.intentId().equals(intentId) && r.outcome() == Outcome.INTERRUPTED)
              .count();
    }

    public boolean resulted(String intentId) {
      return results.stream()
          .anyMatch(r -> r.intentId().equals(intentId) && r.outcome() == Outcome.COMPLETE);
    }
  }

  /// @param text what was said
  public record Result(String intentId, Outcome outcome, String text) {}
}
