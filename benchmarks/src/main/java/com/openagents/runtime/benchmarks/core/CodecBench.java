package com.openagents.runtime.benchmarks.core;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Between events and what the log stores of them.
@State(Scope.Benchmark)
public class CodecBench {

  static final int EVENTS = 10_000;

  private final List<Envelope> session = Logs.session(EVENTS, false);
  private final List<StoredEvent> stored = Logs.stored(session);
  private final List<StoredEvent> storedPieces = Logs.stored(Logs.session(EVENTS, true));

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void decode(Blackhole out) {
    stored.forEach(event -> out.consume(EventCodec.decode(event)));
  }

  /// With the pieces of texts, two thirds of the events.
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void decodeWithPieces(Blackhole out) {
    storedPieces.forEach(event -> out.consume(EventCodec.decode(event)));
  }

  /// What an executor does that takes over a run without a checkpoint.
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public RunState decodeAndFold() {
    RunState state = RunState.ABSENT;
    for (StoredEvent event : stored) {
      state = RunFold.apply(state, EventCodec.decode(event));
    }
    return state;
  }

  /// The payload in canonical JSON.
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void encode(Blackhole out) {
    session.forEach(envelope -> out.consume(EventCodec.payload(envelope.event())));
  }

  /// The payload in canonical JSON, and its digest.
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void encodeAndDigest(Blackhole out) {
    session.forEach(envelope -> out.consume(Digest.ofText(EventCodec.payload(envelope.event()))));
  }
}
