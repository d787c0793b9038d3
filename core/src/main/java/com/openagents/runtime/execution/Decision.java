package com.openagents.runtime.execution;

import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.OpenTurn.Step;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunState.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what a turn does next, from its fold and from what was heard. Pure; one use.
final class Decision {

  /// @param answer the model call that goes on, or null when it is over or given up
  record Made(Effect effect, @Nullable Answer answer, Instant turnSince) {}

  private static final Duration POLL_MAX = Duration.ofMillis(250);
  private static final Duration POLL_MIN = Duration.ofMillis(1);

  private final Turn turn;
  private final Limits limits;
  private final RunState fold;
  private final Situation at;
  private final Bounds bounds;
  private final Plan plan;
  private final Endings endings;
  private @Nullable Answer answer;
  private Instant turnSince;

  Decision(Turn turn, Situation at) {
    this.turn = turn;
    this.limits = turn.limits();
    this.fold = turn.fold();
    this.at = at;
    this.answer = turn.answer();
    this.turnSince = turn.turnSince();
    this.bounds = new Bounds(fold, limits, at.now());
    this.plan = new Plan(turn.charter(), fold);
    this.endings = new Endings(turn, plan);
  }

  /// What comes before the work, in order: the end of the run, a cancel, a limit, a shutdown.
  Made decide() {
    if (fold.run() instanceof Run.Ended) {
      return over(new Effect.Stop(Effect.Why.ENDED));
    }
    if (fold.run() instanceof Run.Waiting && turn.begun()) {
      return over(new Effect.Stop(Effect.Why.WAITING));
    }
    if (fold.run() instanceof Run.Canceling) {
      return over(endings.canceled());
    }
    Optional<Bounds.Passed> passed = bounds.passed();
    if (passed.isPresent()) {
      return over(endings.failed(passed.get().why(), passed.get().message()));
    }
    if (at.draining()) {
      return over(endings.givenBack());
    }
    if (bounds.turnPassed(turnSince)) {
      return over(endings.overdue());
    }
    return work();
  }

  /// Gives the run back after a failure that no rule expects, or ends it when that has happened too
  /// often.
  Made crashed(String errorClass) {
    return over(endings.crashed(errorClass));
  }

  private Made work() {
    Optional<Pending> cut = Waits.cut(fold);
    if (!turn.begun() && !begin()) {
      warn();
      return over(lettingGo());
    }
    if (cut.isPresent()) {
      return cutShort(cut.get());
    }
    if (answer != null) {
      return answering(answer);
    }
    Speech.interrupt(plan, null);
    return advance();
  }

  /// Tells the log that this executor begins, unless the run still waits.
  private boolean begin() {
    if (fold.run() instanceof Run.Waiting waiting) {
      Optional<Cause> cause = Waits.ended(waiting, fold, at.now());
      cause.ifPresent(why -> plan.command(new RunCommand.Begin(turn.charter().node(), why)));
      return cause.isPresent();
    }
    plan.command(new RunCommand.Begin(turn.charter().node(), Cause.RECOVERY));
    return true;
  }

  private Made cutShort(Pending frame) {
    if (frame.is(FrameType.FAIL)) {
      return over(endings.failed(ReasonClass.EXECUTION_FAILED, Agenda.reason(frame)));
    }
    Done done = answer == null ? null : answer.done();
    if (answer != null && done != null) {
      Speech.conclude(plan, answer, done.use());
    } else {
      Speech.interrupt(plan, answer);
    }
    answer = null;
    Endings.deny(plan, Step.INTERRUPTED);
    OpenTurn open = plan.state().open();
    if (open != null) {
      plan.emit(new StepFinished(open.number(), open.lastStep().number(), Step.INTERRUPTED));
    }
    return advance();
  }

  private Made answering(Answer heard) {
    Done done = heard.done();
    if (done != null) {
      Speech.conclude(plan, heard, done.use());
      answer = null;
      return advance();
    }
    Failed failure = heard.failed();
    if (failure != null) {
      return brokenOff(heard, failure);
    }
    warn();
    Duration patience = patience(heard);
    if (patience.isZero() || !plan.empty()) {
      Speech.flush(plan, heard);
    }
    return made(plan.empty() ? new Effect.Poll(patience) : plan.deltas());
  }

  /// Asks again for an answer that broke off after its beginning: what was heard stands as
  /// interrupted, as after a crash in the same place. One that never began is not asked for again
  /// here: the model's adapter has done so.
  private Made brokenOff(Answer heard, Failed failure) {
    if (!failure.retryable() || !heard.began() || heard.attempt() > limits.recoveriesMax()) {
      return over(endings.failed(ReasonClass.MODEL_UNAVAILABLE, failure.message()));
    }
    Speech.interrupt(plan, heard);
    answer = null;
    return advance();
  }

  /// How long the model may be listened to before what was heard is due to be written.
  private Duration patience(Answer heard) {
    Instant since = heard.since();
    if (since == null) {
      return POLL_MAX;
    }
    Duration left = Duration.between(at.now(), since.plus(limits.flushAfter()));
    if (!left.isPositive() || heard.unwritten(fold.openText()) >= limits.flushChars()) {
      return Duration.ZERO;
    }
    return left.compareTo(POLL_MIN) < 0 ? POLL_MIN : left;
  }

  /// Plans as far as no model is needed, and writes it all at once.
  private Made advance() {
    warn();
    Agenda agenda = new Agenda(turn.charter(), limits, plan, at.now());
    Agenda.Stop stop = agenda.run();
    turnSince = agenda.beganTurn() ? at.now() : turnSince;
    return switch (stop) {
      case Agenda.AskModel(var request, Answer begun) when plan.empty() -> {
        answer = begun;
        yield made(new Effect.Ask(request));
      }
      case Agenda.AskModel _ -> made(plan.keepingLease());
      case Agenda.LetGo() -> made(lettingGo());
    };
  }

  private Effect lettingGo() {
    return plan.lettingGo(new Bounds(plan.state(), limits, at.now()).wake());
  }

  private void warn() {
    boolean inTurn = turn.begun() && fold.open() != null;
    bounds.near(inTurn ? turnSince : null).forEach(plan::emit);
  }

  private Made over(Effect effect) {
    answer = null;
    return made(effect);
  }

  private Made made(Effect effect) {
    return new Made(effect, answer, turnSince);
  }
}
