package com.openagents.runtime.inmemory;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.access.Nonces;
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
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.token.Revocations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Every port of the store, in the memory of one process: for embedding, for tests and for
/// simulations.
///
/// It keeps every law that the ports' contract suites ask for, but it forgets everything with its
/// process. Thread-safe.
public final class InMemoryStore {

  private final Tables tables;
  private final ProjectionTables kept;
  private final EventLog log;
  private final InMemoryRunIndex index;
  private final ThreadLog threads;
  private final ChangeFeed changes;
  private final Ageing ageing;
  private final Seals seals;
  private final Checkpoints checkpoints = new InMemoryCheckpoints();
  private final Blobs blobs = new InMemoryBlobs();
  private final Nodes nodes;
  private final Nonces nonces;
  private final Audit audit;
  private final LogScan scan;
  private final InMemoryProjectionStore projections;
  private final KnownSinks knownSinks;
  private final SinkBook sinkBook;
  private final SinkStreams sinkStreams;
  private final WriterLeases writers;
  private final InMemoryRebuilds rebuilds;
  private final PastAudits audits;
  private final Revocations revocations;

  /// @param clock the store's clock, the only one that leases and wake-up times are judged by
  public InMemoryStore(InstantSource clock) {
    tables = new Tables(clock);
    log = new InMemoryEventLog(tables);
    ageing = new InMemoryAgeing(tables);
    seals = new InMemorySeals(tables);
    index = new InMemoryRunIndex(tables, seals);
    threads = new InMemoryThreadLog(tables);
    changes = new InMemoryChangeFeed(tables);
    nodes = new InMemoryNodes(clock);
    nonces = new InMemoryNonces(clock);
    audit = new InMemoryAudit(clock);
    scan = new InMemoryLogScan(tables, log);
    kept = new ProjectionTables(clock);
    projections = new InMemoryProjectionStore(kept);
    knownSinks = new InMemoryKnownSinks(kept);
    sinkBook = new InMemorySinkBook(kept);
    sinkStreams = new InMemorySinkStreams(kept);
    writers = new InMemoryWriterLeases(kept);
    rebuilds = new InMemoryRebuilds(kept);
    audits = new InMemoryPastAudits(clock);
    revocations = new InMemoryRevocations(clock);
  }

  public EventLog log() {
    return log;
  }

  public RunIndex index() {
    return index;
  }

  public ThreadLog threads() {
    return threads;
  }

  public ChangeFeed changes() {
    return changes;
  }

  public Ageing ageing() {
    return ageing;
  }

  public Seals seals() {
    return seals;
  }

  public Checkpoints checkpoints() {
    return checkpoints;
  }

  public Blobs blobs() {
    return blobs;
  }

  public Nodes nodes() {
    return nodes;
  }

  public Nonces nonces() {
    return nonces;
  }

  public Audit audit() {
    return audit;
  }

  public LogScan scan() {
    return scan;
  }

  public InMemoryProjectionStore projections() {
    return projections;
  }

  public KnownSinks knownSinks() {
    return knownSinks;
  }

  public SinkBook sinkBook() {
    return sinkBook;
  }

  public SinkStreams sinkStreams() {
    return sinkStreams;
  }

  public WriterLeases writers() {
    return writers;
  }

  public Rebuilds rebuilds() {
    return rebuilds;
  }

  public PastAudits audits() {
    return audits;
  }

  public Revocations revocations() {
    return revocations;
  }

  /// Copies logs and documents, with what is known of sinks and writers, while nobody writes.
  ///
  /// @return puts the copy in the place of what is there then, as who restores a backup does; to be
  ///   run once
  public Runnable backup() {
    List<Runnable> parts = List.of(tables.backup(), kept.backup(), rebuilds.backup());
    return () -> parts.forEach(Runnable::run);
  }

  /// When the store's clock next makes a run due, or lets a lease run out; [Instant#MAX] when
  /// nothing is set.
  public Instant nextWake() {
    return index.nextWake();
  }
}
