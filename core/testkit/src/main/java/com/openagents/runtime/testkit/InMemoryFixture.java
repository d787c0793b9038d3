package com.openagents.runtime.testkit;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// The in-memory store on virtual time, as suites want it.
public final class InMemoryFixture implements ProjectionFixture {

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(time);

  /// A fixture of one of the store's ports alone.
  public static <P> PortFixture<P> of(Function<InMemoryStore, P> port) {
    return new Alone<>(new InMemoryFixture(), port);
  }

  @Override
  public EventLog log() {
    return store.log();
  }

  @Override
  public RunIndex index() {
    return store.index();
  }

  @Override
  public ThreadLog threads() {
    return store.threads();
  }

  @Override
  public ChangeFeed changes() {
    return store.changes();
  }

  @Override
  public Checkpoints checkpoints() {
    return store.checkpoints();
  }

  @Override
  public Seals seals() {
    return store.seals();
  }

  @Override
  public Ageing ageing() {
    return store.ageing();
  }

  @Override
  public Nodes nodes() {
    return store.nodes();
  }

  @Override
  public LogScan scan() {
    return store.scan();
  }

  @Override
  public ProjectionStore projections() {
    return store.projections();
  }

  @Override
  public KnownSinks knownSinks() {
    return store.knownSinks();
  }

  @Override
  public SinkBook sinkBook() {
    return store.sinkBook();
  }

  @Override
  public SinkStreams sinkStreams() {
    return store.sinkStreams();
  }

  @Override
  public WriterLeases writers() {
    return store.writers();
  }

  @Override
  public Rebuilds rebuilds() {
    return store.rebuilds();
  }

  @Override
  public PastAudits audits() {
    return store.audits();
  }

  @Override
  public List<String> rows() {
    return store.projections().rows().stream().map(ReadRow::id).toList();
  }

  @Override
  public Instant now() {
    return time.instant();
  }

  @Override
  public void passTime(Duration duration) {
    time.advance(duration);
  }

  @Override
  public void close() {}

  private record Alone<P>(InMemoryFixture whole, P port) implements PortFixture<P> {
    Alone(InMemoryFixture whole, Function<InMemoryStore, P> choice) {
      this(whole, choice.apply(whole.store));
    }

    @Override
    public Instant now() {
      return whole.now();
    }

    @Override
    public void passTime(Duration duration) {
      whole.passTime(duration);
    }

    @Override
    public void close() {
      whole.close();
    }
  }
}
