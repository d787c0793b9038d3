package com.openagents.runtime.inmemory;

import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.lease.LeaseRules;
import com.openagents.runtime.lease.LeaseVerdict;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// In which order a write is judged, and what it makes of a run's row. Pure.
final class AppendRules {

  private AppendRules() {}

  /// The event that a write of a new run begins with.
  ///
  /// @throws IllegalArgumentException when the write cannot make a run
  static RunCreated created(Append write) {
    if (write.columns() == null
        || write.events().isEmpty()
        || !(write.events().getFirst() instanceof RunCreated created)) {
      throw new IllegalArgumentException("a new run brings run.created first, and its columns");
    }
    return created;
  }

  /// The row of a run that does not exist yet, before its first event.
  static RunHead blank(Append write, RunCreated created, Columns columns, Instant now) {
    var spec = created.spec();
    return new RunHead(
        write.runId(),
        spec.threadId(),
        spec.owner(),
        spec.agent(),
        created.content(),
        columns,
        0,
        0,
        new Lease.Free(0),
        null,
        now,
        now,
        now);
  }

  /// Why a write changes nothing, or empty when its precondition holds.
  static Optional<Appended> refusal(RunRecord run, Append write, Instant now) {
    RunHead head = run.head();
    Precondition wanted = write.precondition();
    FrameKey frame = write.frame();
    if (wanted.owner() != null && !wanted.owner().equals(head.owner())) {
      return Optional.of(refused(head, Refusal.FOREIGN));
    }
    if (frame != null && run.knows(frame)) {
      return Optional.of(
          run.took(frame)
              ? new Appended.Duplicate(head.lastSeq())
              : refused(head, Refusal.CONFLICT));
    }
    if (wanted.open() && head.columns().run().ended()) {
      return Optional.of(refused(head, Refusal.ENDED));
    }
    if (wanted.executorEpoch() != null && !holds(head.lease(), wanted.executorEpoch(), now)) {
      return Optional.of(refused(head, Refusal.FENCED));
    }
    if (wanted.atSeq() != null && wanted.atSeq() != head.lastSeq()) {
      return Optional.of(refused(head, Refusal.MOVED));
    }
    if (takes(write.lease()) && now.isBefore(run.restsUntil())) {
      return Optional.of(refused(head, Refusal.HELD));
    }
    return LeaseRules.decide(head.lease(), write.lease(), now)
            instanceof LeaseVerdict.Refused(var why)
        ? Optional.of(refused(head, Refusal.valueOf(why.name())))
        : Optional.empty();
  }

  private static boolean takes(LeaseChange change) {
    return change instanceof LeaseChange.Acquire || change instanceof LeaseChange.Visit;
  }

  private static boolean holds(Lease lease, long epoch, Instant now) {
    return lease instanceof Lease.Held held && held.epoch() == epoch && !held.expiredAt(now);
  }

  static Appended.Refused refused(RunHead head, Refusal why) {
    return new Appended.Refused(why, head.lastSeq(), head.lease().epoch());
  }

  /// The row after a write that was not refused.
  ///
  /// @param events how many events the log has more
  static RunHead after(RunRecord run, Append write, int events, Instant now) {
    RunHead head = run.head();
    Columns columns = write.columns();
    Lease lease =
        LeaseRules.decide(head.lease(), write.lease(), now) instanceof LeaseVerdict.Granted(var l)
            ? l
            : head.lease();
    return new RunHead(
        head.runId(),
        head.threadId(),
        head.owner(),
        head.agent(),
        head.content(),
        columns == null ? head.columns() : columns,
        head.lastSeq() + events,
        head.floor(),
        lease,
        wakeAt(run, write.wake(), now),
        head.createdAt(),
        now,
        now);
  }

  private static @Nullable Instant wakeAt(RunRecord run, Wake wake, Instant now) {
    Instant before = run.head().wakeAt();
    return switch (wake) {
      case Wake.Keep() -> before;
      case Wake.Never() -> null;
      case Wake.Now() -> {
        Instant soonest = now.isBefore(run.restsUntil()) ? run.restsUntil() : now;
        yield before != null && before.isBefore(soonest) ? before : soonest;
      }
      case Wake.After(var pause) -> now.plus(pause).truncatedTo(ChronoUnit.MICROS);
      case Wake.At(var time) -> time.truncatedTo(ChronoUnit.MICROS);
    };
  }
}
