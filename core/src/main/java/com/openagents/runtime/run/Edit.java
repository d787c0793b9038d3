package com.openagents.runtime.run;

import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.run.OpenTurn.Step;
import com.openagents.runtime.run.RunState.OpenText;
import com.openagents.runtime.run.RunState.Pending;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A copy of a [RunState] with some of its parts replaced. Used by one fold step, then dropped.
final class Edit {

  private final RunState from;
  private Run run;
  private @Nullable RunSpec spec;
  private @Nullable Instant createdAt;
  private long lastSeq;
  private long bytes;
  private int recoveries;
  private List<Pending> pending;
  private int turn;
  private @Nullable OpenTurn open;
  private List<Utterance> conversation;
  private @Nullable OpenText openText;
  private @Nullable String reason;
  private List<String> warned;
  private @Nullable TraceId traceId;

  private Edit(RunState s) {
    from = s;
    run = s.run();
    spec = s.spec();
    createdAt = s.createdAt();
    lastSeq = s.lastSeq();
    bytes = s.bytes();
    recoveries = s.recoveries();
    pending = s.pending();
    turn = s.turn();
    open = s.open();
    conversation = s.conversation();
    openText = s.openText();
    reason = s.reason();
    warned = s.warned();
    traceId = s.traceId();
  }

  static Edit of(RunState state) {
    return new Edit(state);
  }

  /// The state before the edit.
  RunState from() {
    return from;
  }

  long lastSeq() {
    return lastSeq;
  }

  Edit at(long seq, long size) {
    lastSeq = Math.max(lastSeq, seq);
    bytes += size;
    return this;
  }

  Edit run(Run next) {
    run = next;
    return this;
  }

  Edit created(RunSpec asked, @Nullable Instant at) {
    spec = asked;
    createdAt = at;
    return this;
  }

  Edit recoveries(int next) {
    recoveries = next;
    return this;
  }

  Edit pending(List<Pending> next) {
    pending = List.copyOf(next);
    return this;
  }

  Edit without(Predicate<Pending> dropped) {
    pending = pending.stream().filter(dropped.negate()).toList();
    return this;
  }

  Edit turn(int next) {
    turn = next;
    return this;
  }

  Edit open(@Nullable OpenTurn next) {
    open = next;
    return this;
  }

  /// Replaces the last step of the turn in progress, if there is one.
  Edit lastStep(UnaryOperator<Step> change) {
    open = open == null ? null : open.withLastStep(change.apply(open.lastStep()));
    return this;
  }

  Edit said(List<Utterance> more) {
    conversation = Trail.copyOf(conversation).withAll(more);
    return this;
  }

  Edit openText(@Nullable OpenText next) {
    openText = next;
    return this;
  }

  Edit reason(@Nullable String said) {
    reason = said;
    return this;
  }

  Edit warned(List<String> next) {
    warned = List.copyOf(next);
    return this;
  }

  Edit tracedBy(@Nullable TraceId trace) {
    traceId = trace;
    return this;
  }

  RunState done() {
    return new RunState(
        run,
        spec,
        createdAt,
        lastSeq,
        bytes,
        recoveries,
        pending,
        turn,
        open,
        conversation,
        openText,
        reason,
        warned,
        traceId);
  }
}
