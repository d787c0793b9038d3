package com.openagents.runtime.log;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.lease.LeaseChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one write verb: every durable change of a run is a value of this type.
///
/// A store applies all of it or nothing, in one statement: it checks the precondition and the lease
/// on its own clock, allocates the next sequences without gap, inserts the events, and stores
/// `columns` and `wake` beside them.
///
/// What stands beside the log must be its fold, for stores need not look at events: `columns` never
/// take an ended run back, and a `frame.accepted` comes alone of its kind and with its key.
///
/// A fresh write whose second event is `run.forked` begins a fork: the store puts a copy of what
/// the event names between the two, so that a log holds that event behind what it tells of, and
/// nowhere else. A copy has the type, version, payload and sequence of its original, and its frames
/// are taken; its time and trace are those of this write, and it has no epoch. Such a write keeps
/// the lease, needs nobody and takes no frame of its own.
///
/// @param events what to write, in order; empty for a pure change of the lease
/// @param columns the fold of the log including these events, or null to leave it
/// @param frame the idempotency key that this write uses up, or null
public record Append(
    RunId runId,
    Precondition precondition,
    List<Event.Known> events,
    LeaseChange lease,
    @Nullable Columns columns,
    Wake wake,
    @Nullable FrameKey frame,
    @Nullable TraceId traceId) {

  /// The epoch of whoever first acts for a run.
  public static final long FIRST_EPOCH = 1;

  /// So many bytes of payloads a fork copies at most, well within the time of one statement.
  public static final long COPIED_BYTES_MAX = 64L << 20;

  public Append {
    events = List.copyOf(events);
  }

  /// Begins a write that changes neither lease, columns nor wake-up time.
  public static Append of(RunId runId, Precondition precondition, List<Event.Known> events) {
    return new Append(runId, precondition, events, LeaseChange.KEEP, null, Wake.KEEP, null, null);
  }

  public Append with(List<Event.Known> replaced) {
    return new Append(runId, precondition, replaced, lease, columns, wake, frame, traceId);
  }

  /// Makes the write depend on where the log ends.
  public Append atSeq(long seq) {
    return new Append(runId, precondition.atSeq(seq), events, lease, columns, wake, frame, traceId);
  }

  public Append with(LeaseChange change) {
    return new Append(runId, precondition, events, change, columns, wake, frame, traceId);
  }

  /// Lets the write that starts a run also take its lease and act under it: what follows
  /// `run.created` and the first frame is then the executor's.
  ///
  /// @param taken [LeaseChange.Acquire] to go on, [LeaseChange.Visit] when nothing is left to do
  public Append acting(LeaseChange taken, List<Event.Known> acts) {
    List<Event.Known> all = new ArrayList<>(events);
    all.addAll(acts);
    return with(taken).with(all);
  }

  /// The epoch under which one of the events is written, or null when it is no executor's.
  ///
  /// @param index of the event, from 0
  public @Nullable Long epochOf(int index) {
    return opens() && index >= sent() ? Long.valueOf(FIRST_EPOCH) : precondition.executorEpoch();
  }

  /// The events of this write as the log holds them from then on.
  ///
  /// @param outcome what became of this very write
  /// @return nothing for a fork, whose copy is not known here
  public List<Envelope> written(Appended.Written outcome) {
    if (fork() != null) {
      return List.of();
    }
    List<Envelope> envelopes = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      long seq = outcome.firstSeq() + i;
      envelopes.add(new Envelope(runId, seq, events.get(i), outcome.at(), traceId, epochOf(i)));
    }
    return envelopes;
  }

  /// What this write copies, or null when it begins no fork.
  ///
  /// @throws IllegalArgumentException when it also does what a fork does not begin with
  public @Nullable RunForked fork() {
    if (!precondition.fresh()
        || events.size() < 2
        || !(events.get(1) instanceof RunForked forked)) {
      return null;
    }
    if (!lease.equals(LeaseChange.KEEP) || !wake.equals(Wake.NEVER) || frame != null) {
      throw new IllegalArgumentException("a fork begins as a run that waits for its first frame");
    }
    return forked;
  }

  private boolean opens() {
    return precondition.fresh()
        && (lease instanceof LeaseChange.Acquire || lease instanceof LeaseChange.Visit);
  }

  private int sent() {
    boolean framed = events.size() > 1 && events.get(1) instanceof FrameAccepted;
    return framed ? 2 : 1;
  }

  public Append with(Columns fold) {
    return new Append(runId, precondition, events, lease, fold, wake, frame, traceId);
  }

  public Append with(Wake time) {
    return new Append(runId, precondition, events, lease, columns, time, frame, traceId);
  }

  public Append with(FrameKey key) {
    return new Append(runId, precondition, events, lease, columns, wake, key, traceId);
  }

  public Append tracedBy(@Nullable TraceId trace) {
    return new Append(runId, precondition, events, lease, columns, wake, frame, trace);
  }
}
