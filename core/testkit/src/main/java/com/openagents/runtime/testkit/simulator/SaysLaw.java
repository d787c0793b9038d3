package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.testkit.law.Inherited;
import com.openagents.runtime.testkit.law.RunEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Each turn says what it would have said undisturbed: all of it, or as much as came before the
/// turn was cut short by what may cut it short, such as a fork.
///
/// One use: it goes through the turns of one run.
final class SaysLaw {

  private final RunEvidence run;
  private final Conversation wanted;
  private final boolean disappointed;
  private final Inherited inherited;
  private final List<String> messages;
  private int turns;

  /// @param disappointed whether a model failed in the run
  SaysLaw(RunEvidence run, Conversation wanted, boolean disappointed) {
    this.run = run;
    this.wanted = wanted;
    this.disappointed = disappointed;
    this.inherited = run.inherited();
    this.messages =
        run.frames().stream()
            .filter(frame -> FrameType.effectOf(frame.frameType()) == FrameType.Effect.TURN)
            .filter(frame -> !inherited.dropped().contains(frame.frameId()))
            .map(FrameAccepted::payload)
            .map(Utterance::textOf)
            .toList();
  }

  Optional<String> breach() {
    Run end = run.head().columns().run();
    if (!mayEndSo(end)) {
      return Optional.of("it is " + end);
    }
    boolean whole = end instanceof Run.Ended(Run.Outcome how, _) && how == Run.Outcome.COMPLETED;
    for (String message : messages) {
      turns++;
      List<String> expected = SimulatedAgent.said(message, verdict());
      List<String> said = said();
      boolean complete = whole && turns > inherited.turns() && !cut();
      if (complete ? !said.equals(expected) : !begins(expected, said)) {
        return Optional.of("turn %d said %s of %s".formatted(turns, said, expected));
      }
    }
    return Optional.empty();
  }

  private static boolean begins(List<String> whole, List<String> part) {
    return part.size() <= whole.size() && whole.subList(0, part.size()).equals(part);
  }

  private boolean mayEndSo(Run end) {
    return switch (end) {
      case Run.Ended(Run.Outcome how, _) when how != Run.Outcome.FAILED -> true;
      case Run.Ended(_, ReasonClass why) -> disappointed && why == ReasonClass.MODEL_UNAVAILABLE;
      default -> false;
    };
  }

  private List<String> said() {
    List<String> said = new ArrayList<>();
    run.log()
        .forEach(envelope -> {
          if (envelope.event() instanceof MessageCompleted m
              && m.outcome() == Outcome.COMPLETE
              && m.messageId().startsWith(turns + ".")) {
            said.add(m.text());
          }
        });
    return said;
  }

  private String verdict() {
    return run.log().stream()
        .map(envelope -> envelope.event())
        .filter(ToolApprovalResolved.class::isInstance)
        .map(ToolApprovalResolved.class::cast)
        .filter(resolved -> resolved.approvalId().equals(SimulatedAgent.approvalOf(turns)))
        .map(resolved -> resolved.approved() ? "approved" : "denied")
        .findFirst()
        .orElse("");
  }

  /// Whether a message interrupted the turn, or a finish did, which cuts a wait.
  private boolean cut() {
    boolean mayBe =
        wanted.whileBusy() == WhileBusy.INTERRUPT
            || run.frames().stream().anyMatch(frame -> frame.frameType().equals("finish"));
    return mayBe
        && run.log().stream()
            .anyMatch(envelope ->
                envelope.event() instanceof StepFinished(int turn, _, String outcome)
                    && turn == turns
                    && outcome.equals("interrupted"));
  }
}
