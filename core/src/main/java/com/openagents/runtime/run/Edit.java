package com.openagents.runtime.run;

import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.run.RunState.OpenText;
import com.openagents.runtime.run.RunState.Pending;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A copy of a [RunState] with some of its parts replaced. Used by one fold step, then dropped.
final class Edit {

  private Run run;
  private @Nullable RunSpec spec;
  private long lastSeq;
  private int recoveries;
  private List<Pending> pending;
  private int turn;
  private @Nullable OpenTurn open;
  private List<Utterance> conversation;
  private @Nullable OpenText openText;
  private boolean limitWarned;

  private Edit(RunState s) {
    run = s.run();
    spec = s.spec();
    lastSeq = s.lastSeq();
    recoveries = s.recoveries();
    pending = s.pending();
    turn = s.turn();
    open = s.open();
    conversation = s.conversation();
    openText = s.openText();
    limitWarned = s.limitWarned();
  }

  static Edit of(RunState state) {
    return new Edit(state);
  }

  Edit at(long seq) {
    lastSeq = Math.max(lastSeq, seq);
    return this;
  }

  Edit run(Run next) {
    run = next;
    return this;
  }

  Edit spec(RunSpec next) {
    spec = next;
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

  Edit turn(int next) {
    turn = next;
    return this;
  }

  Edit open(@Nullable OpenTurn next) {
    open = next;
    return this;
  }

  Edit conversation(List<Utterance> next) {
    conversation = List.copyOf(next);
    return this;
  }

  Edit openText(@Nullable OpenText next) {
    openText = next;
    return this;
  }

  Edit limitWarned() {
    limitWarned = true;
    return this;
  }

  RunState done() {
    return new RunState(
        run, spec, lastSeq, recoveries, pending, turn, open, conversation, openText, limitWarned);
  }
}
