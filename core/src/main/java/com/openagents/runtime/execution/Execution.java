package com.openagents.runtime.execution;

import static org.slf4j.event.Level.ERROR;
import static org.slf4j.event.Level.INFO;
import static org.slf4j.event.Level.WARN;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.ClaimCheck;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// One run being carried out by this node under one lease: the driver that performs what a [Turn]
/// asks for, one effect at a time.
///
/// It has no thread and never sleeps: whoever drives it calls [#advance()] until it is over and
/// rests in between when told to. One caller at a time; `nudge`, `lose` and `drain` may be called
/// from any thread.
public final class Execution {

  /// What the caller is to do after an effect.
  public sealed interface Progress {}

  /// Call again at once.
  public record Again() implements Progress {}

  /// Call again after a pause, or when nudged.
  public record Rest(Duration pause) implements Progress {}

  /// Never call again.
  public record Over(Effect.Why why) implements Progress {}

  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
  private static final int PAGE = 1_000;
  private static final String NEWER = "its log holds what only a newer runtime understands";
  private static final Duration STORE_PAUSE = Duration.ofMillis(200);

  private final ExecutionPorts ports;
  private final RunId runId;
  private final long epoch;
  private final ClaimCheck claims;
  private final ModelCall model;
  private final AtomicLong toldOf = new AtomicLong();
  private final StoreTime time;
  private final Writing writing;
  private final Saving saving;
  private final Failures failures = new Failures();
  private @Nullable Loading loading;
  private @Nullable List<Envelope> written;
  private volatile @Nullable Turn turn;
  private Effect effect = new Effect.Stop(Effect.Why.FENCED);
  private volatile boolean lost;
  private volatile boolean draining;
  private volatile Instant lastAdvance;

  /// Begins to act for a run whose lease was just acquired.
  Execution(ExecutionPorts ports, StoreTime time, RunId runId, Appended.Written acquired) {
    this(ports, time, runId, acquired.epoch());
    this.loading = new Loading(ports, claims, runId, acquired);
  }

  /// For a run that is about to be started and begun by one write, see [#begun].
  Execution(ExecutionPorts ports, StoreTime time, Charter charter) {
    this(ports, time, charter.runId(), charter.epoch());
    this.turn = Turn.begin(charter, ports.settings().limits(), RunState.ABSENT);
  }

  private Execution(ExecutionPorts ports, StoreTime time, RunId runId, long epoch) {
    this.ports = ports;
    this.time = time;
    this.runId = runId;
    this.epoch = epoch;
    this.claims = new ClaimCheck(ports.blobs());
    this.writing = new Writing(ports, claims, time);
    this.saving = new Saving(ports.checkpoints(), runId);
    this.model = new ModelCall(ports.models(), runId);
    this.lastAdvance = ports.clock().instant();
  }

  /// Tells that the write which starts the run is durable, before the first effect.
  ///
  /// @param start the whole log of the run, so that it need not be read
  /// @param at the store's clock at the write
  public void begun(Append start, Instant at) {
    written = Openings.envelopes(start, at);
  }

  public RunId runId() {
    return runId;
  }

  public long epoch() {
    return epoch;
  }

  /// Up to where the log is known; for whoever drives the execution.
  public long lastSeq() {
    return turn == null ? 0 : turn.fold().lastSeq();
  }

  /// How it is, for whoever watches; empty until the log is read.
  public Optional<Vitals> vitals() {
    return Optional.ofNullable(turn).map(seen -> Vitals.of(seen, toldOf.get()));
  }

  /// When an effect was last begun, on the node's clock; a watchdog compares it.
  public Instant lastAdvance() {
    return lastAdvance;
  }

  /// When a write of its own last extended its lease, see [Writing#lastExtended].
  Instant lastExtended() {
    return writing.lastExtended();
  }

  /// Tells that the run's log has grown to the given sequence.
  public void nudge(long lastSeq) {
    toldOf.accumulateAndGet(lastSeq, Math::max);
  }

  /// Tells that another executor may act: this one must stop at once.
  public void lose() {
    lost = true;
  }

  /// Asks to give the run back at the next safe point.
  public void drain() {
    draining = true;
  }

  /// Leaves the run, still due, before its first effect.
  public void giveBack() {
    try {
      leave(Effect.Why.RELEASED, "the node takes on nothing more");
    } catch (StoreUnavailable e) {
      log(WARN).log("{} could not be given back: {}", runId, e.getMessage());
    }
  }

  /// Performs exactly one effect. Throws nothing but what the virtual machine cannot go on after;
  /// an overflow of the stack is the agent's.
  public Progress advance() {
    lastAdvance = ports.clock().instant();
    if (lost) {
      return over(Effect.Why.FENCED);
    }
    try {
      if (loading != null) {
        return load(loading);
      }
      if (written != null) {
        List<Envelope> log = written;
        written = null;
        return happened(new Happened.Found(log));
      }
      if (turn != null && saving.isDue(turn.fold())) {
        saving.save(turn.fold());
        return new Again();
      }
      return perform();
    } catch (StoreUnavailable e) {
      log(WARN).log("store unavailable while executing {}: {}", runId, e.getMessage());
      return new Rest(STORE_PAUSE);
    } catch (RuntimeException | StackOverflowError e) {
      return crashed(e);
    } catch (VirtualMachineError e) {
      model.hangUp();
      throw e;
    } catch (Error e) {
      return crashed(e);
    }
  }

  private Progress load(Loading present) {
    return switch (present.advance()) {
      case Loading.Underway() -> new Again();
      case Loading.NoProgram() ->
          leave(Effect.Why.RELEASED, "this node has no program that continues it");
      case Loading.TooLate() ->
          leave(Effect.Why.RELEASED, "it could not be read within the deadline of a turn");
      case Loading.Unreadable() -> leave(Effect.Why.UNREADABLE, NEWER);
      case Loading.Loaded(var charter, var fold, long saved) -> {
        loading = null;
        saving.found(saved);
        turn = Turn.begin(charter, ports.settings().limits(), fold);
        yield happened(new Happened.Begun());
      }
    };
  }

  /// Leaves the run, still due, to whoever can go on with it.
  private Progress leave(Effect.Why why, String reason) {
    log(INFO).log("{} is let go: {}", runId, reason);
    Append release =
        Append.of(runId, Precondition.executor(epoch), List.of())
            .with(LeaseChange.RELEASE)
            .with(new Wake.At(time.now()));
    return ports.log().append(release) instanceof Appended.Written
        ? over(why)
        : over(Effect.Why.FENCED);
  }

  private Progress perform() {
    return switch (effect) {
      case Effect.Write(var append) -> happened(write(append));
      case Effect.Read(long after) -> {
        toldOf.set(0);
        yield found(ports.log().read(runId, after, PAGE).stream().map(claims::decode).toList());
      }
      case Effect.Ask(var request) -> {
        model.ask(request);
        yield happened(new Happened.Asked());
      }
      case Effect.Poll(Duration patience) -> happened(new Happened.Heard(model.next(patience)));
      case Effect.Stop(var why) -> over(why);
    };
  }

  private Progress found(List<Envelope> events) {
    return events.stream().anyMatch(Loading::unreadable)
        ? leave(Effect.Why.UNREADABLE, NEWER)
        : happened(new Happened.Found(events));
  }

  private Happened write(Append append) {
    try {
      return new Happened.Wrote(writing.write(append));
    } catch (StoreUnavailable e) {
      log(WARN).log("no answer to a write of {}: {}", runId, e.getMessage());
      return new Happened.Unanswered();
    }
  }

  private Progress happened(Happened what) {
    if (turn == null) {
      return over(Effect.Why.FENCED);
    }
    Situation at = situation();
    turn = turn.learn(what, at.now());
    return follow(turn.act(what, at));
  }

  private Progress follow(Turn.Step step) {
    turn = step.turn();
    effect = step.effect();
    if (step.turn().answer() == null) {
      model.hangUp();
    }
    return effect instanceof Effect.Stop(var why) ? over(why) : new Again();
  }

  private Progress crashed(Throwable e) {
    log(ERROR).setCause(e).log("execution of {} failed", runId);
    if (turn == null || failures.tooMany(turn.fold().lastSeq())) {
      return over(Effect.Why.FENCED);
    }
    try {
      return follow(turn.crashed(e.getClass().getSimpleName(), situation()));
    } catch (RuntimeException again) {
      log(ERROR).setCause(again).log("execution of {} is left to the janitor", runId);
      return over(Effect.Why.FENCED);
    }
  }

  /// A line that is found by its run, and by the trace of the request that the run works on.
  private LoggingEventBuilder log(Level level) {
    LoggingEventBuilder line = LOG.atLevel(level).addKeyValue("runId", runId);
    TraceId trace = turn == null ? null : turn.fold().traceId();
    return trace == null ? line : line.addKeyValue("traceId", trace);
  }

  private Progress over(Effect.Why why) {
    model.hangUp();
    return new Over(why);
  }

  private Situation situation() {
    return new Situation(time.now(), toldOf.get(), draining);
  }
}
