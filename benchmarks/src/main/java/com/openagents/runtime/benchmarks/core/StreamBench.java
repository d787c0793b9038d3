package com.openagents.runtime.benchmarks.core;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.stream.AgUiMapping;
import com.openagents.runtime.stream.AiSdkMapping;
import com.openagents.runtime.stream.EventsMapping;
import com.openagents.runtime.stream.Mapping;
import com.openagents.runtime.stream.StreamRunner;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// From events to the bytes of a stream, for one reader from the start.
@State(Scope.Benchmark)
public class StreamBench {

  static final int EVENTS = 10_000;

  private final List<Envelope> session = Logs.session(EVENTS, true);

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void aiSdk(Blackhole out) {
    read(AiSdkMapping.PORTABLE, out);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void agUi(Blackhole out) {
    read(new AgUiMapping(), out);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void events(Blackhole out) {
    read(new EventsMapping(), out);
  }

  private void read(Mapping<?> mapping, Blackhole out) {
    StreamRunner<?> runner = new StreamRunner<>(mapping, 0);
    session.forEach(envelope -> out.consume(runner.next(envelope)));
  }
}
