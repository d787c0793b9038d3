package com.openagents.runtime.benchmarks.core;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunDocuments.Applied;
import com.openagents.runtime.projection.RunProjections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// What documents and rows of the read models tell of stored events.
@State(Scope.Benchmark)
public class ProjectBench {

  static final int EVENTS = 10_000;

  private final List<StoredEvent> session = Logs.stored(Logs.session(EVENTS, false));
  private final List<StoredEvent> pieces = Logs.stored(Logs.session(EVENTS, true));

  /// Telling a run again, as a rebuild does.
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public @Nullable RunDocuments project(Blackhole rows) {
    return projected(session, rows);
  }

  /// With the pieces of texts, two thirds of the events.
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public @Nullable RunDocuments projectWithPieces(Blackhole rows) {
    return projected(pieces, rows);
  }

  /// With the text and the digest of every document after each event, as when each comes by itself.
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void projectOneByOne(Blackhole out) {
    RunDocuments told = null;
    for (StoredEvent event : session) {
      Applied applied = RunDocuments.apply(RunProjections.BUILT_IN, told, event);
      told = applied.after();
      out.consume(applied.rows());
      for (Document document : told.documents()) {
        out.consume(document.hash());
      }
    }
  }

  private static @Nullable RunDocuments projected(List<StoredEvent> log, Blackhole rows) {
    RunDocuments told = null;
    for (StoredEvent event : log) {
      Applied applied = RunDocuments.apply(RunProjections.BUILT_IN, told, event);
      told = applied.after();
      rows.consume(applied.rows());
    }
    return told;
  }
}
