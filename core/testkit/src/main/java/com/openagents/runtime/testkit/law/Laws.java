package com.openagents.runtime.testkit.law;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.DerivedRun;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.testkit.law.Promises.Cancel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The laws of every run that is over.
public final class Laws {

  /// G2
  public static final Law GAP_FREE =
      new Law("its sequences are 1, 2, 3, … and its head is the last", Laws::gap);

  /// G5
  public static final Law ONE_END =
      new Law("it came to one end, and nothing else was written after it", Laws::end);

  /// G1
  public static final Law COLUMNS_ARE_THE_FOLD =
      new Law("its columns are the fold of its log", Laws::columns);

  /// G1
  public static final Law REBUILDABLE = new Law("its row is what its log alone gives", Laws::row);

  /// G4
  public static final Law PROMISES_ARE_KEPT =
      new Law("acknowledged frames are there once, refused ones not at all", Laws::promises);

  public static final Law FRAMES_ARE_CONSUMED_ONCE =
      new Law("one turn answers each frame, in the order of their coming", Laws::consumption);

  public static final Law CANCELED_ONLY_ON_REQUEST =
      new Law("nobody cancels it who was not asked to", Laws::unaskedCancel);

  /// G4
  public static final Law CANCELED_WHEN_ACKNOWLEDGED =
      new Law("a cancel that was acknowledged is there", Laws::lostCancel);

  public static final Law REJECTS_WHILE_BUSY =
      new Law("one that rejects takes no message while it is busy", Laws::takenWhileBusy);

  /// Such as a fork to its original.
  public static final Law NOBODY_ELSE_WRITES =
      new Law("what is in its log was written to it", Laws::unwritten);

  private Laws() {}

  /// Every law that a run which is over must keep.
  public static List<Law> all() {
    return Stream.concat(
            Stream.of(
                GAP_FREE,
                ONE_END,
                COLUMNS_ARE_THE_FOLD,
                REBUILDABLE,
                PROMISES_ARE_KEPT,
                FRAMES_ARE_CONSUMED_ONCE,
                CANCELED_ONLY_ON_REQUEST,
                CANCELED_WHEN_ACKNOWLEDGED,
                REJECTS_WHILE_BUSY),
            Stream.of(FenceLaw.ONE_EXECUTOR, TextLaw.TEXTS_ARE_WHOLE, NOBODY_ELSE_WRITES))
        .toList();
  }

  private static Optional<String> gap(RunEvidence run) {
    long expected = 1;
    for (Envelope envelope : run.log()) {
      if (envelope.seq() != expected) {
        return Optional.of("sequence " + envelope.seq() + " stands where " + expected + " should");
      }
      expected++;
    }
    return run.head().lastSeq() == expected - 1
        ? Optional.empty()
        : Optional.of("its head is " + run.head().lastSeq() + ", its last event " + (expected - 1));
  }

  private static Optional<String> end(RunEvidence run) {
    List<Event> ends = run.events().filter(Laws::isEnd).toList();
    if (ends.size() != 1) {
      return Optional.of("it has the ends " + ends);
    }
    Event last = run.log().getLast().event();
    return isEnd(last) ? Optional.empty() : Optional.of(last.type() + " follows its end");
  }

  private static boolean isEnd(Event event) {
    return event instanceof RunEvent.RunCompleted
        || event instanceof RunEvent.RunFailed
        || event instanceof RunEvent.RunCanceled;
  }

  private static Optional<String> columns(RunEvidence run) {
    RunState fold = RunFold.fold(RunState.ABSENT, run.log());
    Columns folded = new Columns(fold.run(), fold.recoveries());
    return run.head().columns().equals(folded)
        ? Optional.empty()
        : Optional.of("the columns are " + run.head().columns() + ", the fold is " + folded);
  }

  private static Optional<String> row(RunEvidence run) {
    RunHead derived = DerivedRun.of(run.log()).head();
    return told(derived).equals(told(run.head())) && derived.floor() <= run.head().floor()
        ? Optional.empty()
        : Optional.of("its row is " + run.head() + ", its log gives " + derived);
  }

  /// What of a row the log tells; the lease leaves no event, and of the floor only a part is told.
  private static List<Object> told(RunHead head) {
    return List.of(
        head.runId(),
        head.threadId(),
        head.owner(),
        head.agent(),
        head.content(),
        head.columns(),
        head.lastSeq(),
        Optional.ofNullable(head.wakeAt()),
        head.createdAt());
  }

  private static Optional<String> promises(RunEvidence run) {
    List<FrameId> ids = run.frames().stream().map(FrameAccepted::frameId).toList();
    Set<FrameId> once = new HashSet<>(ids);
    if (once.size() < ids.size()) {
      return Optional.of("a frame is there twice: " + ids);
    }
    Set<FrameId> lost = new HashSet<>(run.promises().taken());
    lost.removeAll(once);
    Set<FrameId> unwanted = new HashSet<>(run.promises().refused());
    unwanted.retainAll(once);
    return lost.isEmpty() && unwanted.isEmpty()
        ? Optional.empty()
        : Optional.of("lost are " + lost + ", refused and yet there are " + unwanted);
  }

  private static Optional<String> consumption(RunEvidence run) {
    List<FrameId> consumed = new ArrayList<>();
    RunState state = RunState.ABSENT;
    for (Envelope envelope : run.log()) {
      int turn = state.turn();
      state = RunFold.apply(state, envelope);
      if (state.turn() > turn && state.open() != null) {
        state.open().frames().forEach(frame -> consumed.add(frame.frameId()));
      }
    }
    List<FrameId> came =
        run.frames().stream()
            .filter(frame -> FrameType.effectOf(frame.frameType()) == FrameType.Effect.TURN)
            .map(FrameAccepted::frameId)
            .filter(id -> !run.inherited().dropped().contains(id))
            .toList();
    boolean completed =
        state.run() instanceof Run.Ended(Run.Outcome outcome, _)
            && outcome == Run.Outcome.COMPLETED;
    boolean inOrder = consumed.equals(came.subList(0, Math.min(consumed.size(), came.size())));
    return inOrder && (!completed || consumed.size() == came.size())
        ? Optional.empty()
        : Optional.of("there came " + came + ", and the turns answered " + consumed);
  }

  private static Optional<String> unaskedCancel(RunEvidence run) {
    return cancelRequested(run) && run.promises().cancel() == Cancel.NEVER_ASKED
        ? Optional.of("a cancel request is in its log")
        : Optional.empty();
  }

  private static Optional<String> lostCancel(RunEvidence run) {
    return run.promises().cancel() == Cancel.ACKNOWLEDGED && !cancelRequested(run)
        ? Optional.of("no cancel request is in its log")
        : Optional.empty();
  }

  private static boolean cancelRequested(RunEvidence run) {
    return run.own().anyMatch(own -> own.event() instanceof RunEvent.RunCancelRequested);
  }

  private static Optional<String> unwritten(RunEvidence run) {
    long last = 0;
    for (WitnessedWrite write : run.writes()) {
      if (write.outcome().firstSeq() != last + 1) {
        return Optional.of("nobody wrote what stands behind " + last);
      }
      last = write.outcome().lastSeq();
    }
    return last == run.head().lastSeq() || run.writes().isEmpty()
        ? Optional.empty()
        : Optional.of("nobody wrote what stands behind " + last);
  }

  private static Optional<String> takenWhileBusy(RunEvidence run) {
    RunState state = RunState.ABSENT;
    for (Envelope envelope : run.log()) {
      if (envelope.event() instanceof FrameAccepted frame
          && FrameType.USER_MESSAGE.wireName().equals(frame.frameType())
          && state.specified().whileBusy() == WhileBusy.REJECT
          && (state.open() != null || state.pending().stream().anyMatch(Laws::beginsTurn))) {
        return Optional.of("it took " + frame.frameId() + " at " + envelope.seq());
      }
      state = RunFold.apply(state, envelope);
    }
    return Optional.empty();
  }

  private static boolean beginsTurn(RunState.Pending frame) {
    return frame.effect() == FrameType.Effect.TURN;
  }
}
