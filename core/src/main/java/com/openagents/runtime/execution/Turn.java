package com.openagents.runtime.execution;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The work on a run under one lease, as a pure step: what happened → what to do.
///
/// All that must survive is in `fold`, which is the log's; the rest is what was heard from the
/// model since. Every write names where that log ends. After any doubt — a refused or unanswered
/// write — the turn reads the log from behind its fold and decides again, so recovery is no special
/// case.
///
/// @param begun whether this executor has told the log that it began
/// @param turnSince when the present turn began under this lease, on the store's clock
/// @param answer the model call in progress, or null
/// @param inFlight the write whose outcome is awaited, or null
public record Turn(
    Charter charter,
    Limits limits,
    RunState fold,
    boolean begun,
    Instant turnSince,
    @Nullable Answer answer,
    @Nullable InFlight inFlight) {

  /// What to do, and the turn that learns what came of it.
  public record Step(Turn turn, Effect effect) {}

  /// A write on its way, and what holds once it is in the log.
  record InFlight(Append append, @Nullable Answer answer, Instant turnSince) {}

  /// Begins with a log that is folded up to its head at the time of acquisition, or later.
  public static Turn begin(Charter charter, Limits limits, RunState fold) {
    return new Turn(charter, limits, fold, false, charter.since(), null, null);
  }

  /// What is known after something happened. Asks no agent, so what one throws in [#act] finds the
  /// turn that knows.
  ///
  /// @throws com.openagents.runtime.run.CorruptLog when what was found cannot follow
  public Turn learn(Happened happened, Instant now) {
    return switch (happened) {
      case Happened.Wrote(Appended.Written _) -> absorbed();
      case Happened.Found(var events) -> found(events);
      case Happened.Heard(Polled polled) -> hears(polled, now);
      case Happened.Begun(), Happened.Asked(), Happened.Unanswered(), Happened.Wrote _ -> this;
    };
  }

  /// What to do about what has just been learned.
  ///
  /// @throws RuntimeException whatever the agent throws that is asked
  public Step act(Happened happened, Situation at) {
    return switch (happened) {
      case Happened.Wrote(Appended outcome) -> wrote(outcome, at);
      case Happened.Unanswered() -> readAgain();
      case Happened.Begun(), Happened.Asked(), Happened.Found _, Happened.Heard _ -> decide(at);
    };
  }

  /// What to do after a failure that no rule expects, such as an agent that throws.
  public Step crashed(String errorClass, Situation at) {
    return step(new Decision(this, at).crashed(errorClass));
  }

  private Step wrote(Appended outcome, Situation at) {
    return switch (outcome) {
      case Appended.Written _ -> afterWrite(at);
      case Appended.Duplicate _ -> readAgain();
      case Appended.Refused(Refusal why, long head, _) ->
          switch (why) {
            case MOVED -> head < fold.lastSeq() ? lost() : readAgain();
            case CONTENDED -> readAgain();
            case ENDED -> new Step(this, new Effect.Stop(Effect.Why.ENDED));
            case FENCED, HELD, NOT_HELD, UNKNOWN_RUN, FOREIGN, CONFLICT, MISSING, TOO_LARGE ->
                lost();
          };
    };
  }

  /// Another may act; or the store lost the end of the log, so that what was folded never happened.
  private Step lost() {
    return new Step(this, new Effect.Stop(Effect.Why.FENCED));
  }

  private Step readAgain() {
    return new Step(with(answer, null), new Effect.Read(fold.lastSeq()));
  }

  private Turn absorbed() {
    RunState state = fold;
    boolean began = begun;
    for (Event.Known event : written().append().events()) {
      state = RunFold.apply(state, state.lastSeq() + 1, event);
      began |= begins(event);
    }
    Answer left = written().answer();
    return new Turn(
        charter,
        limits,
        state,
        began,
        written().turnSince(),
        left == null ? null : left.written(),
        inFlight);
  }

  private Step afterWrite(Situation at) {
    boolean letGo = written().append().lease() instanceof LeaseChange.Release;
    Turn turn = with(answer, null);
    if (!letGo) {
      return turn.decide(at);
    }
    Effect.Why why =
        switch (fold.run()) {
          case Run.Ended _ -> Effect.Why.ENDED;
          case Run.Waiting _ -> Effect.Why.WAITING;
          default -> Effect.Why.RELEASED;
        };
    return new Step(turn, new Effect.Stop(why));
  }

  private InFlight written() {
    if (inFlight == null) {
      throw new IllegalStateException("a write was answered that nobody asked for");
    }
    return inFlight;
  }

  private Turn found(List<Envelope> events) {
    boolean began = begun;
    Instant since = turnSince;
    for (Envelope envelope : events) {
      Long epoch = envelope.epoch();
      if (epoch != null && epoch == charter.epoch()) {
        began |= begins(envelope.event());
        since = beginsTurn(envelope.event()) ? envelope.occurredAt() : since;
      }
    }
    RunState state = RunFold.fold(fold, events);
    return new Turn(charter, limits, state, began, since, stillAwaited(state), null);
  }

  /// The answer, unless the log shows that it is in, or that its turn is over.
  private @Nullable Answer stillAwaited(RunState state) {
    if (answer == null || state.open() == null) {
      return null;
    }
    OpenTurn.Step step = state.open().lastStep();
    boolean awaited =
        step.intents().stream().anyMatch(i -> i.id().equals(answer.intentId()))
            && !step.resulted(answer.intentId())
            && step.interruptions(answer.intentId()) + 1 == answer.attempt();
    if (!awaited) {
      return null;
    }
    return answer.unwritten(state.openText()) == 0 ? answer.written() : answer;
  }

  private static boolean begins(Event event) {
    return event instanceof RunStarted || event instanceof RunResumed;
  }

  private static boolean beginsTurn(Event event) {
    return event instanceof StepStarted started && started.step() == 1;
  }

  private Turn hears(Polled polled, Instant now) {
    return answer == null ? this : with(answer.hears(polled, now), null);
  }

  private Step decide(Situation at) {
    if (at.knownHead() > fold.lastSeq()) {
      return readAgain();
    }
    return step(new Decision(this, at).decide());
  }

  private Step step(Decision.Made made) {
    Turn next =
        made.effect() instanceof Effect.Write(Append append)
            ? with(answer, new InFlight(append, made.answer(), made.turnSince()))
            : new Turn(charter, limits, fold, begun, made.turnSince(), made.answer(), null);
    return new Step(next, made.effect());
  }

  private Turn with(@Nullable Answer next, @Nullable InFlight write) {
    return new Turn(charter, limits, fold, begun, turnSince, next, write);
  }
}
