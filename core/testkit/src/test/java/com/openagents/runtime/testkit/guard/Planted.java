package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.model.EchoModels;
import com.openagents.runtime.model.Models;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.ProjectionFixture;
import com.openagents.runtime.testkit.SinkFixture;
import com.openagents.runtime.token.Revocations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// A store each of whose ports may be replaced by one with a bug.
final class Planted implements ProjectionFixture {

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  EventLog log;
  RunIndex index;
  ThreadLog threads;
  ChangeFeed changes;
  Checkpoints checkpoints;
  Seals seals;
  Ageing ageing;
  Nodes nodes;
  Blobs blobs;
  Nonces nonces;
  Audit audit;
  Revocations revocations;
  LogScan scan;
  ProjectionStore projections;
  KnownSinks knownSinks;
  SinkBook sinkBook;
  SinkStreams sinkStreams;
  WriterLeases writers;
  Rebuilds rebuilds;
  PastAudits audits;
  Supplier<List<String>> rows;
  ProjectionSink sink = new InMemorySink("memory");
  Models models = new EchoModels();

  Planted() {
    InMemoryStore honest = new InMemoryStore(time);
    log = honest.log();
    index = honest.index();
    threads = honest.threads();
    changes = honest.changes();
    checkpoints = honest.checkpoints();
    seals = honest.seals();
    ageing = honest.ageing();
    nodes = honest.nodes();
    blobs = honest.blobs();
    nonces = honest.nonces();
    audit = honest.audit();
    scan = honest.scan();
    projections = honest.projections();
    knownSinks = honest.knownSinks();
    sinkBook = honest.sinkBook();
    sinkStreams = honest.sinkStreams();
    writers = honest.writers();
    rebuilds = honest.rebuilds();
    audits = honest.audits();
    rows = () -> honest.projections().rows().stream().map(ReadRow::id).toList();
    revocations = honest.revocations();
  }

  <P> PortFixture<P> alone(Function<Planted, P> port) {
    Planted whole = this;
    return new PortFixture<>() {
      @Override
      public P port() {
        return port.apply(whole);
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
      public void close() {}
    };
  }

  SinkFixture alone() {
    Planted whole = this;
    return new SinkFixture() {
      @Override
      public ProjectionSink sink() {
        return whole.sink;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public LogScan scan() {
    return scan;
  }

  @Override
  public ProjectionStore projections() {
    return projections;
  }

  @Override
  public KnownSinks knownSinks() {
    return knownSinks;
  }

  @Override
  public SinkBook sinkBook() {
    return sinkBook;
  }

  @Override
  public SinkStreams sinkStreams() {
    return sinkStreams;
  }

  @Override
  public WriterLeases writers() {
    return writers;
  }

  @Override
  public Rebuilds rebuilds() {
    return rebuilds;
  }

  @Override
  public PastAudits audits() {
    return audits;
  }

  @Override
  public List<String> rows() {
    return rows.get();
  }

  @Override
  public EventLog log() {
    return log;
  }

  @Override
  public RunIndex index() {
    return index;
  }

  @Override
  public ThreadLog threads() {
    return threads;
  }

  @Override
  public ChangeFeed changes() {
    return changes;
  }

  @Override
  public Checkpoints checkpoints() {
    return checkpoints;
  }

  @Override
  public Seals seals() {
    return seals;
  }

  @Override
  public Ageing ageing() {
    return ageing;
  }

  @Override
  public Nodes nodes() {
    return nodes;
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
}
