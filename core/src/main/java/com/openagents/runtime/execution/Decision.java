package com.openagents.runtime.execution;

import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunState.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private final Plan plan;
  private @Nullable Answer answer;
  private Instant turnSince;

  Decision(Turn turn, Situation at) {
    this.turn = turn;
    this.limits = turn.limits();
    this.fold = turn.fold();
    this.at = at;
    this.answer = turn.answer();
    this.turnSince = turn.turnSince();
    this.plan = new Plan(turn.charter(), fold);
  }

  Made decide() {
    if (fold.run() instanceof Run.Ended) {
      return made(new Effect.Stop(Effect.Why.ENDED));
    }
    if (fold.run() instanceof Run.Canceling) {
      return canceled();
    }
    Optional<ReasonClass> over = limitReached();
    if (over.isPresent()) {
      return failed(over.get(), "the run reached its limit");
    }
    if (at.draining()) {
      return givenBack(Wake.NOW);
    }
    if (at.now().isAfter(turnSince.plus(limits.turnDeadline()))) {
      return lost("the turn took longer than " + limits.turnDeadline());
    }
    if (interrupted()) {
      endStepAsInterrupted();
    } else if (answer != null) {
      return answering(answer);
    }
    return advance();
  }

  /// Gives the run back after a failure, or ends it when that has happened too often.
  Made crashed(String errorClass) {
    return lost(errorClass);
  }

  private Made answering(Answer heard) {
    Done done = heard.done();
    if (done != null) {
      plan.conclude(heard, done.use());
      answer = null;
      return advance();
    }
    Failed failure = heard.failed();
    if (failure != null) {
      return failed(ReasonClass.MODEL_UNAVAILABLE, failure.message());
    }
    Instant since = heard.since();
    if (since == null) {
      return made(new Effect.Poll(POLL_MAX));
    }
    Duration left = Duration.between(at.now(), since.plus(limits.flushAfter()));
    if (!left.isPositive() || unwritten(heard) >= limits.flushChars()) {
      plan.flush(heard);
      return made(plan.empty() ? new Effect.Poll(POLL_MAX) : plan.deltas());
    }
    return made(new Effect.Poll(left.compareTo(POLL_MIN) < 0 ? POLL_MIN : left));
  }

  private int unwritten(Answer heard) {
    RunState.OpenText open = fold.openText();
    int logged = open == null ? 0 : open.text().length();
    return heard.reasoning().length() + heard.text().length() - logged;
  }

  /// Plans as far as no model is needed, and writes it all at once.
  private Made advance() {
    if (answer == null) {
      plan.interrupt(null);
    }
    warnOfLimit();
    Optional<Effect.Write> rested = begin();
    if (rested.isPresent()) {
      return made(rested.get());
    }
    Agenda agenda = new Agenda(turn.charter(), limits, plan, at.now());
    return switch (agenda.run()) {
      case Agenda.Continue(boolean newTurn) -> {
        turnSince = newTurn ? at.now() : turnSince;
        yield made(plan.keepingLease());
      }
      case Agenda.AskModel(ModelRequest request, Answer begun) -> {
        if (plan.empty()) {
          answer = begun;
          yield made(new Effect.Ask(request));
        }
        yield made(plan.keepingLease());
      }
      case Agenda.LetGo(Wake wake) -> made(plan.lettingGo(wake));
    };
  }

  /// Tells the log that this executor begins; or lets go at once when there is nothing to do.
  private Optional<Effect.Write> begin() {
    if (turn.begun()) {
      return Optional.empty();
    }
    return switch (fold.run()) {
      case Run.Waiting waiting -> {
        Optional<Cause> cause = Waits.ended(waiting, fold, at.now());
        cause.ifPresent(why -> plan.command(new RunCommand.Begin(turn.charter().node(), why)));
        yield cause.isPresent()
            ? Optional.empty()
            : Optional.of(plan.lettingGo(Waits.wakeOf(waiting)));
      }
      default -> {
        plan.command(new RunCommand.Begin(turn.charter().node(), Cause.RECOVERY));
        yield Optional.empty();
      }
    };
  }

  private boolean interrupted() {
    return fold.open() != null
        && fold.specified().whileBusy() == WhileBusy.INTERRUPT
        && !fold.open().lastStep().finished()
        && fold.pending().stream()
            .anyMatch(p -> p.frame().frameType().equals(FrameType.USER_MESSAGE.wireName()));
  }

  private void endStepAsInterrupted() {
    plan.interrupt(answer);
    answer = null;
    OpenTurn open = plan.state().open();
    if (open != null) {
      plan.emit(new StepFinished(open.number(), open.lastStep().number(), "interrupted"));
    }
  }

  private Optional<ReasonClass> limitReached() {
    Instant deadline = fold.specified().deadline();
    if (deadline != null && !at.now().isBefore(deadline)) {
      return Optional.of(ReasonClass.DEADLINE_EXCEEDED);
    }
    return fold.lastSeq() >= limits.eventsMax()
        ? Optional.of(ReasonClass.LOG_LIMIT)
        : Optional.empty();
  }

  private void warnOfLimit() {
    if (!fold.limitWarned() && fold.lastSeq() * 10 >= limits.eventsMax() * 8) {
      plan.emit(new RunLimitWarning("events", fold.lastSeq(), limits.eventsMax()));
    }
  }

  private Made canceled() {
    plan.interrupt(answer);
    plan.command(new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, null));
    return over(plan.lettingGo(Wake.NEVER));
  }

  private Made failed(ReasonClass why, String message) {
    plan.interrupt(answer);
    plan.command(new RunCommand.Fail(why, message));
    return over(plan.lettingGo(Wake.NEVER));
  }

  private Made givenBack(Wake wake) {
    plan.interrupt(answer);
    return over(plan.lettingGo(wake));
  }

  private Made lost(String errorClass) {
    int attempt = fold.recoveries() + 1;
    plan.interrupt(answer);
    if (attempt <= limits.recoveriesMax()) {
      Duration pause = limits.pauseBefore(attempt);
      Charter charter = turn.charter();
      plan.command(
          new RunCommand.LoseExecutor(charter.node(), charter.epoch(), attempt, pause.toMillis()));
      return over(plan.lettingGo(new Wake.After(pause)));
    }
    suspect().ifPresent(id -> plan.emit(new FrameQuarantined(id, errorClass, attempt)));
    plan.command(
        new RunCommand.Fail(
            ReasonClass.POISON_FRAME,
            "the turn failed " + attempt + " times without progress: " + errorClass));
    return over(plan.lettingGo(Wake.NEVER));
  }

  /// The frame whose turn keeps failing.
  private Optional<FrameId> suspect() {
    OpenTurn open = fold.open();
    if (open != null && !open.frames().isEmpty()) {
      return Optional.of(open.frames().getLast().frameId());
    }
    List<Pending> pending = fold.pending();
    return pending.stream()
        .filter(p -> p.effect() == FrameType.Effect.TURN)
        .findFirst()
        .map(p -> p.frame().frameId());
  }

  private Made over(Effect effect) {
    answer = null;
    return made(effect);
  }

  private Made made(Effect effect) {
    return new Made(effect, answer, turnSince);
  }
}
