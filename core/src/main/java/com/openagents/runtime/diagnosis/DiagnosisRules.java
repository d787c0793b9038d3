package com.openagents.runtime.diagnosis;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.diagnosis.Diagnosis.Cause;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Explains a run. Pure and total.
public final class DiagnosisRules {

  static final String NOTHING = "Nothing needs to be done.";

  private final RunHead head;
  private final RunState state;
  private final Ending ending;
  private final int nodesAlive;
  private final Json.Builder evidence;

  private DiagnosisRules(RunHead head, RunState state, Ending ending, int nodesAlive) {
    this.head = head;
    this.state = state;
    this.ending = ending;
    this.nodesAlive = nodesAlive;
    this.evidence =
        Json.object()
            .put("status", head.columns().run().status())
            .put("lastSeq", head.lastSeq())
            .put("epoch", head.lease().epoch())
            .put("readAt", Timestamps.write(head.readAt()));
  }

  /// @param state the fold of the run's log
  /// @param ending what the log says about why the run failed
  /// @param nodesAlive how many nodes were seen lately
  static Diagnosis explain(RunHead head, RunState state, Ending ending, int nodesAlive) {
    return new DiagnosisRules(head, state, ending, nodesAlive).explain();
  }

  /// For a log that cannot be folded.
  public static Diagnosis corrupt(RunHead head, String problem) {
    DiagnosisRules rules = new DiagnosisRules(head, RunState.ABSENT, Ending.UNTOLD, 0);
    rules.evidence.put("problem", problem);
    return rules.say(
        Cause.CORRUPT_LOG,
        "The log of the run cannot be folded, so no executor may go on.",
        "Export the run, restore its log from a backup, or start a new run.");
  }

  private Diagnosis explain() {
    return switch (head.columns().run()) {
      case Run.Absent() -> throw new IllegalArgumentException("an absent run has no head");
      case Run.Ended(var outcome, var why) -> ended(outcome, why);
      case Run.Waiting(var what, var until) -> unlessDue(what, until);
      case Run.Canceling() -> stopping();
      case Run.Created(), Run.Running() -> active();
    };
  }

  private Diagnosis ended(Run.Outcome outcome, @Nullable ReasonClass why) {
    if (why != null) {
      evidence.put("reasonClass", why.wireName());
      ending.addEvidence(why, state, evidence);
    }
    ending.message().ifPresent(message -> evidence.put("message", message));
    return say(
        Cause.ENDED,
        outcome == Run.Outcome.COMPLETED
            ? "The run completed."
            : "The run ended as "
                + head.columns().run().status()
                + ending.message().map(message -> ": " + message).orElse("."),
        why == null ? NOTHING : ending.nextAction(why));
  }

  private Diagnosis active() {
    return switch (head.lease()) {
      case Lease.Held held when held.expiredAt(head.readAt()) -> silent(held);
      case Lease.Held held -> executing(held);
      case Lease.Free _ -> idle();
    };
  }

  private Diagnosis stopping() {
    return switch (head.lease()) {
      case Lease.Held held when held.expiredAt(head.readAt()) -> silent(held);
      case Lease.Held held -> {
        holder(held);
        yield say(
            Cause.STOPPING,
            "A cancel was requested; the executor stops at its next safe point.",
            NOTHING);
      }
      case Lease.Free _ -> idle();
    };
  }

  private Diagnosis executing(Lease.Held held) {
    holder(held);
    OpenTurn open = state.open();
    if (open != null && !open.lastStep().finished()) {
      evidence
          .put("turn", open.number())
          .put("step", open.lastStep().number())
          .put("intents", open.lastStep().intents().size())
          .put("results", open.lastStep().results().size());
      boolean predicting =
          open.lastStep().intents().stream()
              .anyMatch(i -> i.kind().equals("predict") && !open.lastStep().resulted(i.id()));
      if (predicting) {
        return say(
            Cause.AWAITING_MODEL,
            "An executor holds the run and a model is answering.",
            "If it takes too long, look at the provider; cancel ends the run at once.");
      }
    }
    return say(Cause.EXECUTING, "An executor is carrying the run out.", NOTHING);
  }

  private Diagnosis silent(Lease.Held held) {
    holder(held);
    evidence.put("expiredForMs", Duration.between(held.expiresAt(), head.readAt()).toMillis());
    return nodesAlive == 0
        ? noNode()
        : say(
            Cause.EXECUTOR_SILENT,
            "The executor's lease ran out; the next sweep of any node takes the run over.",
            NOTHING);
  }

  private Diagnosis idle() {
    Instant wakeAt = head.wakeAt();
    if (wakeAt != null && wakeAt.isAfter(head.readAt())) {
      evidence
          .put("resumesAt", Timestamps.write(wakeAt))
          .put("recoveries", head.columns().recoveries());
      return say(
          Cause.COOLING_DOWN,
          "The run lost its executor "
              + head.columns().recoveries()
              + " times without progress and pauses before the next attempt.",
          "It resumes by itself at the time given, and fails when attempts are used up.");
    }
    return nodesAlive == 0 ? noNode() : unclaimed(wakeAt);
  }

  private Diagnosis unclaimed(@Nullable Instant wakeAt) {
    if (wakeAt != null) {
      evidence.put("dueForMs", Duration.between(wakeAt, head.readAt()).toMillis());
    }
    evidence.put("agent", head.agent().name()).put("agentVersion", head.agent().version());
    return say(
        Cause.WAITING_FOR_EXECUTOR,
        "The run is due and no node has taken it yet.",
        "If it stays so, all nodes are at their limit of runs, or none has the agent named.");
  }

  private Diagnosis noNode() {
    return say(
        Cause.NO_NODE,
        "The run needs an executor, and no node was seen lately.",
        "Start a node on this database.");
  }

  private Diagnosis unlessDue(WaitingFor what, @Nullable Instant until) {
    Instant wakeAt = head.wakeAt();
    if (wakeAt != null && !wakeAt.isAfter(head.readAt())) {
      return nodesAlive == 0 ? noNode() : unclaimed(wakeAt);
    }
    if (until != null) {
      evidence.put("until", Timestamps.write(until));
    }
    return switch (what) {
      case FRAMES ->
          waits(Cause.WAITING_FOR_FRAMES, "a frame", "Send a frame, finish or cancel the run.");
      case APPROVAL ->
          waits(
              Cause.WAITING_FOR_APPROVAL,
              "an approval",
              "Send a tool_approval frame; at the time given it counts as denied.");
      case TIMER -> waits(Cause.WAITING_FOR_TIMER, "a time", "It resumes by itself.");
      case TOOL ->
          waits(Cause.WAITING_FOR_TOOL, "a tool", "Look at the tool's task; cancel ends it.");
      case CHILDREN ->
          waits(Cause.WAITING_FOR_CHILDREN, "its child runs", "Diagnose the child runs.");
      case ADMISSION ->
          waits(
              Cause.WAITING_FOR_ADMISSION,
              "admission",
              "It is admitted when other runs of its kind have ended.");
    };
  }

  private Diagnosis waits(Cause cause, String what, String next) {
    return say(cause, "The run waits for " + what + "; it costs nothing meanwhile.", next);
  }

  private void holder(Lease.Held held) {
    evidence
        .put("leaseOwner", held.owner().value())
        .put("leaseExpiresAt", Timestamps.write(held.expiresAt()));
  }

  private Diagnosis say(Cause cause, String explanation, String next) {
    return new Diagnosis(cause, explanation, evidence.build(), next);
  }
}
