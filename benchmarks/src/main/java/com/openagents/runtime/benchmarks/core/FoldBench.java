package com.openagents.runtime.benchmarks.core;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Folding a log into the state of its run.
@State(Scope.Benchmark)
public class FoldBench {

  static final int SHORT = 3_600;
  static final int LONG = 36_000;
  static final int SESSION = 100_000;

  private final List<Envelope> turn = Logs.turn(SHORT);
  private final List<Envelope> longTurn = Logs.turn(LONG);
  private final List<Envelope> session = Logs.session(SESSION, false);
  private final List<Envelope> pieces = Logs.session(SESSION, true);

  /// One turn of 514 steps.
  @Benchmark
  @OperationsPerInvocation(SHORT)
  public RunState turn() {
    return RunFold.fold(RunState.ABSENT, turn);
  }

  /// One turn of 5,143 steps.
  @Benchmark
  @OperationsPerInvocation(LONG)
  public RunState longTurn() {
    return RunFold.fold(RunState.ABSENT, longTurn);
  }

  /// Some 5,900 turns of two steps.
  @Benchmark
  @OperationsPerInvocation(SESSION)
  public RunState session() {
    return RunFold.fold(RunState.ABSENT, session);
  }

  /// The same with the pieces of its texts.
  @Benchmark
  @OperationsPerInvocation(SESSION)
  public RunState sessionWithPieces() {
    return RunFold.fold(RunState.ABSENT, pieces);
  }
}
