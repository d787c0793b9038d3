package com.openagents.runtime.run;

import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A turn in progress.
///
/// @param number from 1
/// @param frames the frames that the turn answers, oldest first; notes before the one that began it
/// @param steps the decisions so far, oldest first, so that their number tells how far the turn is
public record OpenTurn(int number, List<FrameAccepted> frames, List<Step> steps) {

  public OpenTurn {
    frames = List.copyOf(frames);
    steps = Trail.copyOf(steps);
  }

  public Step lastStep() {
    return steps.getLast();
  }

  /// How many decisions were taken since anything but the agent had a say.
  public int decisionsSinceWait() {
    int decisions = 0;
    for (Step step : steps.reversed()) {
      if (step.waited()) {
        return decisions;
      }
      decisions++;
    }
    return decisions;
  }

  OpenTurn withStep(Step step) {
    return new OpenTurn(number, frames, Trail.copyOf(steps).with(step));
  }

  OpenTurn withLastStep(Step step) {
    return new OpenTurn(number, frames, Trail.copyOf(steps).withLast(step));
  }

  /// One decision and what came of it. A step that an agent sees is finished, so all that it said,
  /// and asked a model or a person for, has its result.
  ///
  /// @param number from 1 in each turn
  /// @param results what came of each intent that is done, in the order in which they were; of a
  ///   text that broke off and was begun again there is the whole one alone
  /// @param brokenOff the id of an intent, once for each text that was begun for it and did not
  ///   come to its end
  /// @param approvals what was asked for and not answered yet
  /// @param waited whether the run waited, and was resumed, for an intent of this step
  /// @param outcome how the step ended, or null while it goes on
  public record Step(
      int number,
      List<IntentRecord> intents,
      List<Result> results,
      List<String> brokenOff,
      List<Approval> approvals,
      boolean waited,
      @Nullable String outcome) {

    /// The outcome of a step that a message, or the end of its run, cut short.
    public static final String INTERRUPTED = "interrupted";

    public Step {
      intents = List.copyOf(intents);
      results = List.copyOf(results);
      brokenOff = List.copyOf(brokenOff);
      approvals = List.copyOf(approvals);
    }

    static Step begun(int number, List<IntentRecord> intents) {
      return new Step(number, intents, List.of(), List.of(), List.of(), false, null);
    }

    Step withResult(Result result) {
      List<Result> more = new ArrayList<>(results);
      more.add(result);
      return new Step(number, intents, more, brokenOff, approvals, waited, outcome);
    }

    Step withBrokenOff(String intentId) {
      List<String> more = new ArrayList<>(brokenOff);
      more.add(intentId);
      return new Step(number, intents, results, more, approvals, waited, outcome);
    }

    Step withApprovals(List<Approval> asked) {
      return new Step(number, intents, results, brokenOff, asked, waited, outcome);
    }

    Step resumed() {
      return new Step(number, intents, results, brokenOff, approvals, true, outcome);
    }

    Step ended(String how) {
      return new Step(number, intents, results, brokenOff, approvals, waited, how);
    }

    public boolean finished() {
      return outcome != null;
    }

    public boolean interrupted() {
      return INTERRUPTED.equals(outcome);
    }

    /// How many texts were begun for an intent and did not come to their end.
    public int interruptions(String intentId) {
      return Collections.frequency(brokenOff, intentId);
    }

    /// What came of an intent, by its place in the decision; empty when it is not done.
    ///
    /// @param intent from 0, as in the list that the agent returned
    /// @throws IndexOutOfBoundsException when the decision has fewer intents
    public Optional<Result> result(int intent) {
      return resultOf(intents.get(intent).id());
    }

    public boolean resulted(String intentId) {
      return resultOf(intentId).isPresent();
    }

    private Optional<Result> resultOf(String intentId) {
      return results.stream().filter(r -> r.intentId().equals(intentId)).findFirst();
    }

    /// The request for approval that an intent made and nobody has answered.
    public Optional<Approval> approval(String intentId) {
      return approvals.stream().filter(asked -> asked.id().equals(intentId)).findFirst();
    }

    /// The runtime's answers to every request for approval that is open, so that none is left
    /// without one.
    public List<ToolApprovalResolved> denials(String why) {
      return approvals.stream()
          .map(asked -> new ToolApprovalResolved(asked.id(), asked.id(), false, "runtime", why))
          .toList();
    }

    boolean has(String intentId) {
      return intents.stream().anyMatch(intent -> intent.id().equals(intentId));
    }

    /// The first intent of a kind that has no result yet.
    Optional<String> unresulted(String kind) {
      return intents.stream()
          .filter(intent -> intent.kind().equals(kind))
          .map(IntentRecord::id)
          .filter(id -> !resulted(id))
          .findFirst();
    }
  }

  /// What came of an intent that is done.
  ///
  /// @param text what was said, be it by the agent or a model; of a request for approval
  ///   [#APPROVED] or [#DENIED]; of anything else nothing
  public record Result(String intentId, String text) {

    public static final String APPROVED = "approved";

    /// Somebody said no, nobody answered in time, or the turn was cut short.
    public static final String DENIED = "denied";
  }

  /// @param id of the intent that asks, and of the approval
  /// @param expiresAt when it counts as denied
  public record Approval(String id, Instant expiresAt) {}
}
