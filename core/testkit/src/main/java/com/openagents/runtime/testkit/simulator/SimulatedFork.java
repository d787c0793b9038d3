package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.ForkRun;
import com.openagents.runtime.intake.Forked;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.Drafts;

/// Somebody who forks a run at some place of its log, and repeats the request, under the same id,
/// until the fork is made.
final class SimulatedFork {

  private static final int WAITS_MILLIS_MAX = 16_000;
  private static final int BEYOND_MAX = 2;

  private final World world;
  private final Asking asking;
  private final RunId from;
  private final RunId runId;
  private long atSeq;

  SimulatedFork(World world, Asking asking, RunId from, RunId runId) {
    this.world = world;
    this.asking = asking;
    this.from = from;
    this.runId = runId;
  }

  /// The last sequence of the original that the fork has, as its maker was told.
  long atSeq() {
    return atSeq;
  }

  /// Returns once the fork is there.
  void make() {
    while (head() == 0) {
      asking.retryLater();
    }
    asking.pause(WAITS_MILLIS_MAX);
    long wanted = 1 + world.random().nextLong(head() + BEYOND_MAX);
    while (atSeq == 0) {
      wanted = madeOrNext(wanted);
    }
    if (asking.repeats()) {
      Forked again = ask(wanted);
      boolean same = again instanceof Forked.Repeated(long at, _) && at == atSeq;
      asking.expect(same, "fork at " + wanted + " again", again);
    }
  }

  private long head() {
    return world.witness().head(from).map(RunHead::lastSeq).orElse(0L);
  }

  /// @return where it was made, or another place to try
  private long madeOrNext(long wanted) {
    Forked answer = ask(wanted);
    return switch (answer) {
      case Forked.Accepted(long at, _) -> made(at, wanted);
      case Forked.Repeated(long at, _) -> made(at, wanted);
      case Forked.Ahead(long head) when head < wanted -> head;
      case Forked.Aged(long floor, _) when floor > 0 && wanted > 1 ->
          1 + world.random().nextLong(wanted - 1);
      case Forked other -> {
        asking.expect(other instanceof Forked.Busy, "fork at " + wanted, other);
        asking.retryLater();
        yield wanted;
      }
    };
  }

  private long made(long at, long wanted) {
    atSeq = at;
    return wanted;
  }

  private Forked ask(long wanted) {
    return asking.untilAnswered(
        "fork of %s at %d".formatted(GatedLog.shown(from), wanted),
        node ->
            node.runs().fork(new ForkRun(from, wanted, runId, null), Sender.owner(Drafts.OWNER)));
  }
}
