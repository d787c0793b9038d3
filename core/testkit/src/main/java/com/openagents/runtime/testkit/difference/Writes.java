package com.openagents.runtime.testkit.difference;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.generate.Events;
import com.openagents.runtime.testkit.generate.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Random writes to a few runs: mostly what an executor, a janitor or a sender would write, often
/// too late, twice, under an old epoch or in another's name.
final class Writes {

  static final int RUNS = 6;
  private static final List<NodeId> NODES = List.of(Drafts.NODE, Drafts.OTHER_NODE);
  private static final List<ThreadId> THREADS =
      List.of(new ThreadId("thread-1"), new ThreadId("thread-2"));

  /// What comes only with a write that is about nothing else: a start, a fork, or a frame with its
  /// key.
  private static final Set<EventType> NEVER_ALONE =
      EnumSet.of(EventType.RUN_CREATED, EventType.RUN_FORKED, EventType.FRAME_ACCEPTED);

  private static final List<Duration> PAUSES =
      List.of(Duration.ZERO, Duration.ofMinutes(20), Duration.ofHours(3));

  private final Values some;
  private final Events events;

  Writes(RandomGenerator random) {
    some = new Values(random);
    events = new Events(random);
  }

  RunId runId() {
    return Drafts.runId(some.below(RUNS));
  }

  ThreadId thread() {
    return some.oneOf(THREADS);
  }

  /// @param known the store that is asked what would be plausible now
  Append any(StoreFixture known) {
    Optional<RunHead> head = known.log().head(runId());
    if (head.isEmpty() || some.below(8) == 0) {
      return start();
    }
    return switch (some.below(10)) {
      case 0, 1 -> frame(head.get());
      case 2 -> acquire(head.get());
      case 3 -> leaseChange(head.get());
      case 4 -> end(head.get());
      case 5 -> wake(head.get());
      default -> executor(head.get());
    };
  }

  /// A fork of a run, mostly of the beginning that it has, under an id that may be taken.
  ///
  /// @param known the store that is asked which runs there are
  Append fork(StoreFixture known) {
    RunId from = runId();
    long last = known.log().head(from).map(RunHead::lastSeq).orElse(1L);
    RunSpec spec = Drafts.spec(thread(), some.below(5) == 0 ? Drafts.STRANGER : Drafts.OWNER);
    return Drafts.fork(from, some.below((int) last + 2), runId(), spec);
  }

  private Append start() {
    RunSpec spec = Drafts.spec(thread(), some.below(5) == 0 ? Drafts.STRANGER : Drafts.OWNER);
    Append start = Drafts.start(runId(), spec);
    return switch (some.below(6)) {
      case 0 -> start.with(Drafts.acquire(runId(), node()).lease());
      case 1 -> start.acting(Drafts.acquire(runId(), node()).lease(), someEvents(3));
      case 2 -> start.acting(LeaseChange.VISIT, someEvents(3));
      default -> start;
    };
  }

  private Append frame(RunHead head) {
    Append frame = Drafts.frame(head.runId(), "f" + some.below(5), "text " + some.below(2));
    return switch (some.below(6)) {
      case 0 -> under(frame, frame.precondition().ownedBy(Drafts.STRANGER));
      case 1 -> under(frame, frame.precondition().atSeq(near(head.lastSeq())));
      default -> frame;
    };
  }

  private Append acquire(RunHead head) {
    return Append.of(head.runId(), Precondition.OPEN, List.of())
        .with(new LeaseChange.Acquire(node(), Drafts.TTL));
  }

  private Append leaseChange(RunHead head) {
    LeaseChange change =
        some.oneOf(
            List.of(
                LeaseChange.KEEP,
                LeaseChange.VISIT,
                LeaseChange.RELEASE,
                LeaseChange.BREAK,
                LeaseChange.END,
                new LeaseChange.Extend(Drafts.TTL)));
    return Append.of(head.runId(), precondition(head), someEvents(2)).with(change);
  }

  private Append executor(RunHead head) {
    Append write =
        Append.of(head.runId(), precondition(head), someEvents(4))
            .tracedBy(some.orNull(() -> new TraceId(some.digest().hex().substring(32))));
    return write.precondition().open() && some.chance() ? write.with(columns()) : write;
  }

  private Append wake(RunHead head) {
    Wake wake =
        some.oneOf(List.of(Wake.KEEP, Wake.NEVER, Wake.NOW, new Wake.After(some.oneOf(PAUSES))));
    return Append.of(head.runId(), Precondition.OPEN, someEvents(1)).with(wake);
  }

  private Append end(RunHead head) {
    return Drafts.complete(head.runId(), near(head.lease().epoch()));
  }

  private Precondition precondition(RunHead head) {
    return new Precondition(
        false,
        orNull(near(head.lease().epoch())),
        orNull(near(head.lastSeq())),
        some.below(4) > 0,
        some.orNull(() -> some.below(6) == 0 ? Drafts.STRANGER : Drafts.OWNER),
        some.below(4) == 0);
  }

  private Columns columns() {
    Run run =
        some.oneOf(
            List.of(
                new Run.Created(),
                new Run.Running(),
                new Run.Canceling(),
                new Run.Waiting(some.oneOf(WaitingFor.class), null)));
    return new Columns(run, some.below(4));
  }

  private List<Event.Known> someEvents(int most) {
    List<Event.Known> written = new ArrayList<>();
    for (int i = some.below(most + 1); i > 0; i--) {
      Event.Known event = events.any();
      if (!NEVER_ALONE.contains(event.is())) {
        written.add(event);
      }
    }
    return written;
  }

  /// Mostly the number itself, sometimes one beside it.
  private long near(long number) {
    return switch (some.below(6)) {
      case 0 -> Math.max(0, number - 1);
      case 1 -> number + 1;
      default -> number;
    };
  }

  private @Nullable Long orNull(long number) {
    return some.orNull(() -> number);
  }

  private NodeId node() {
    return some.oneOf(NODES);
  }

  private static Append under(Append w, Precondition precondition) {
    return new Append(
        w.runId(),
        precondition,
        w.events(),
        w.lease(),
        w.columns(),
        w.wake(),
        w.frame(),
        w.traceId());
  }
}
