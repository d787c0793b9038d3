package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.Ageing.Look;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.run.RunVerdict;
import com.openagents.runtime.testkit.Drafts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Writes logs of several runs on a few threads, a write at a time and in any order among them:
/// each as the rules of runs let it be, with texts in pieces, waits, cancels, forks and ends. Not
/// thread-safe.
public final class RandomRuns {

  private static final int EVENTS_MAX = 4;
  private static final int FORKS_ONE_IN = 40;

  /// What happens within a run without a change of its place in life.
  private static final List<EventType> WITHIN =
      Stream.of(EventType.values())
          .filter(type -> !type.wireName().startsWith("run."))
          .filter(type -> type != EventType.FRAME_ACCEPTED)
          .toList();

  private final Values some;
  private final Lives lives;
  private final Events events;
  private final EventLog log;
  private final int threads;
  private final int runsMax;
  private final List<Told> runs = new ArrayList<>();
  private int frames;

  private record Told(RunId runId, Run run) {}

  /// @param log honest, and of nobody else
  /// @param runs at most so many are begun
  public RandomRuns(RandomGenerator random, EventLog log, int runs, int threads) {
    this.some = new Values(random);
    this.lives = new Lives(random);
    this.events = new Events(random);
    this.log = log;
    this.runsMax = runs;
    this.threads = threads;
  }

  public List<RunId> ids() {
    return runs.stream().map(Told::runId).toList();
  }

  /// Where a run is.
  public Run run(RunId runId) {
    return runs.stream().filter(told -> told.runId.equals(runId)).findFirst().orElseThrow().run;
  }

  /// Remembers where the runs are.
  ///
  /// @return goes back there, after the log was
  public Runnable backup() {
    List<Told> then = List.copyOf(runs);
    return () -> {
      runs.clear();
      runs.addAll(then);
    };
  }

  /// Makes a write of some run, or begins another.
  public void step() {
    int which = some.below(runsMax);
    if (which >= runs.size()) {
      begin();
    } else if (!runs.get(which).run.ended()) {
      runs.set(which, goOn(runs.get(which)));
    }
  }

  private void begin() {
    RunId runId = Drafts.runId(runs.size() + 1);
    ThreadId thread = new ThreadId("thread-" + some.below(threads));
    Principal owner = Drafts.OWNER;
    Optional<Told> original =
        runs.isEmpty() || some.below(FORKS_ONE_IN) > 0
            ? Optional.empty()
            : Optional.of(some.oneOf(runs));
    Append start =
        original
            .map(from -> Drafts.fork(from.runId, 1, runId, Drafts.spec(thread, owner)))
            .orElseGet(() -> Drafts.start(runId, Drafts.spec(thread, owner)));
    if (log.append(start) instanceof Appended.Written) {
      runs.add(new Told(runId, folded(runId)));
    }
  }

  private Run folded(RunId runId) {
    Run run = new Run.Absent();
    for (StoredEvent stored : log.read(runId, 0, 10)) {
      Event event = EventCodec.decode(stored).event();
      run = event instanceof RunEvent life ? RunRules.evolve(run, life) : run;
    }
    return run;
  }

  private Told goOn(Told told) {
    return switch (some.below(4)) {
      case 0 -> {
        log.append(Drafts.frame(told.runId, "f" + ++frames, some.text()));
        yield told;
      }
      case 1 -> live(told);
      default -> {
        List<Event.Known> several = new ArrayList<>();
        for (int i = some.below(EVENTS_MAX); i >= 0; i--) {
          several.add(events.of(some.oneOf(WITHIN)));
        }
        write(told, several);
        yield told;
      }
    };
  }

  private Told live(Told told) {
    if (RunRules.decide(told.run, lives.command()) instanceof RunVerdict.Accepted(RunEvent event)
        && !(event instanceof RunForked)
        && (!ends(told.run, event) || some.below(4) == 0)) {
      write(told, List.of(event));
      return new Told(told.runId, RunRules.evolve(told.run, event));
    }
    return told;
  }

  private static boolean ends(Run run, RunEvent event) {
    return RunRules.evolve(run, event).ended();
  }

  private void write(Told told, List<Event.Known> several) {
    Appended outcome = log.append(Append.of(told.runId, Precondition.OPEN, several));
    if (!(outcome instanceof Appended.Written)) {
      throw new IllegalStateException("a lawful write was refused: " + outcome);
    }
  }

  /// Lets the pieces of some run go that are older than a place in it.
  public void age(Ageing ageing) {
    if (runs.isEmpty()) {
      return;
    }
    RunId runId = some.oneOf(runs).runId;
    var head = log.head(runId).orElseThrow();
    long floor = head.floor() + some.below(1 + (int) (head.lastSeq() - head.floor()));
    List<AgedRange> ranges =
        log.read(runId, head.floor(), 10_000).stream()
            .filter(stored -> stored.seq() < floor && ages(stored))
            .map(stored -> range(stored.seq()))
            .toList();
    ageing.note(new Look(runId, head.floor(), floor, ranges, null));
    ageing.remove(1 + some.below(100));
  }

  private static boolean ages(StoredEvent stored) {
    return EventType.named(stored.type())
        .filter(type -> type.retention() == Retention.DELTA)
        .isPresent();
  }

  private static AgedRange range(long seq) {
    return new AgedRange(seq, seq, Digest.ofText(""), "key", "c2ln", Instant.EPOCH);
  }
}
