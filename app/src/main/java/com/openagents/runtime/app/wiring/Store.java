package com.openagents.runtime.app.wiring;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.app.metrics.MeteredEventLog;
import com.openagents.runtime.app.settings.DatabaseUrl;
import com.openagents.runtime.identity.NodeId;
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
import com.openagents.runtime.postgres.ConnectionSettings;
import com.openagents.runtime.postgres.HintListener;
import com.openagents.runtime.postgres.HintNotifier;
import com.openagents.runtime.postgres.PostgresPools;
import com.openagents.runtime.postgres.access.PostgresAudit;
import com.openagents.runtime.postgres.access.PostgresNonces;
import com.openagents.runtime.postgres.access.PostgresRevocations;
import com.openagents.runtime.postgres.log.Committer;
import com.openagents.runtime.postgres.log.PostgresAgeing;
import com.openagents.runtime.postgres.log.PostgresBlobs;
import com.openagents.runtime.postgres.log.PostgresChangeFeed;
import com.openagents.runtime.postgres.log.PostgresCheckpoints;
import com.openagents.runtime.postgres.log.PostgresEventLog;
import com.openagents.runtime.postgres.log.PostgresLogIdentity;
import com.openagents.runtime.postgres.log.PostgresLogScan;
import com.openagents.runtime.postgres.log.PostgresNodes;
import com.openagents.runtime.postgres.log.PostgresRunIndex;
import com.openagents.runtime.postgres.log.PostgresSeals;
import com.openagents.runtime.postgres.log.PostgresThreadLog;
import com.openagents.runtime.postgres.projection.PostgresKnownSinks;
import com.openagents.runtime.postgres.projection.PostgresPastAudits;
import com.openagents.runtime.postgres.projection.PostgresProjectionStore;
import com.openagents.runtime.postgres.projection.PostgresRebuilds;
import com.openagents.runtime.postgres.projection.PostgresSinkBook;
import com.openagents.runtime.postgres.projection.PostgresSinkStreams;
import com.openagents.runtime.postgres.projection.PostgresWriterLeases;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.token.Revocations;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/// The store's ports over one PostgreSQL, each over the pool that its work belongs to.
final class Store implements AutoCloseable {

  private static final int EXECUTING_MAX = 8;
  private static final int READING_MAX = 8;
  private static final int SERVING_MAX = 8;
  private static final int WRITERS = 2;
  private static final int WAITING_WRITES_MAX = 10_000;

  /// Far longer than any node's own statement holds a row, and short enough that a row which
  /// somebody holds by hand keeps a writer from other runs for a moment only.
  private static final Duration LOCK_WAIT = Duration.ofMillis(500);

  private static final Duration HINT_PAUSE = Duration.ofMillis(10);

  private final ConnectionSettings settings;
  private final PostgresPools pools;
  private final DataSource executing;
  private final DataSource reading;
  private final DataSource serving;
  private final DataSource rounds;
  private final DataSource projecting;
  private final Committer committer;
  private final MeteredEventLog log;
  private final EventLog heartbeatLog;

  private Store(
      ConnectionSettings settings,
      PostgresPools pools,
      UnaryOperator<DataSource> watch,
      MeterRegistry registry) {
    this.settings = settings;
    this.pools = pools;
    this.executing = watch.apply(pools.executing());
    this.reading = watch.apply(pools.reading());
    this.serving = watch.apply(pools.serving());
    this.rounds = watch.apply(pools.rounds());
    this.projecting = watch.apply(pools.projecting());
    DistributionSummary batches =
        DistributionSummary.builder("runtime.append.batch")
            .description("Writes in one statement")
            .register(registry);
    PostgresEventLog plain = new PostgresEventLog(executing, reading);
    this.committer =
        new Committer(plain, WRITERS, WAITING_WRITES_MAX, (writes, _) -> batches.record(writes));
    this.log = new MeteredEventLog(committer, registry);
    DataSource heartbeats = watch.apply(pools.heartbeats());
    this.heartbeatLog = new MeteredEventLog(new PostgresEventLog(heartbeats, heartbeats), registry);
  }

  static ConnectionSettings connection(DatabaseUrl url, Duration leaseTtl) {
    return new ConnectionSettings(
        url.jdbcUrl(),
        url.user(),
        url.password(),
        leaseTtl,
        LOCK_WAIT,
        EXECUTING_MAX,
        READING_MAX,
        SERVING_MAX);
  }

  /// @param watch may put something around each pool
  static Store open(
      ConnectionSettings settings, UnaryOperator<DataSource> watch, MeterRegistry registry) {
    return new Store(settings, PostgresPools.open(settings), watch, registry);
  }

  PostgresPools pools() {
    return pools;
  }

  EventLog log() {
    return log;
  }

  /// The log as requests read it.
  ///
  /// @param writes takes what they write
  EventLog servedLog(EventLog writes) {
    return new ServedLog(writes, new PostgresEventLog(executing, serving));
  }

  /// How long an append took on average since this was last asked.
  Duration appendLatency() {
    return log.recentLatency();
  }

  /// How long a writer waits for a connection now.
  Duration poolWait() {
    long begun = System.nanoTime();
    try (Connection _ = pools.executing().getConnection()) {
      return Duration.ofNanos(System.nanoTime() - begun);
    } catch (SQLException e) {
      return Duration.ofNanos(System.nanoTime() - begun);
    }
  }

  EventLog heartbeatLog() {
    return heartbeatLog;
  }

  /// Names this log among all there are.
  String logId() {
    return PostgresLogIdentity.of(serving);
  }

  RunIndex index() {
    return new PostgresRunIndex(rounds);
  }

  Ageing ageing() {
    return new PostgresAgeing(rounds);
  }

  ThreadLog threads() {
    return new PostgresThreadLog(reading);
  }

  ThreadLog servedThreads() {
    return new PostgresThreadLog(serving);
  }

  ChangeFeed feed() {
    return new PostgresChangeFeed(rounds);
  }

  Checkpoints checkpoints() {
    return new PostgresCheckpoints(executing);
  }

  RunIndex servedIndex() {
    return new PostgresRunIndex(serving);
  }

  Nodes servedNodes() {
    return new PostgresNodes(serving);
  }

  /// Checkpoints for those who look at runs, apart from those who execute them.
  Checkpoints servedCheckpoints() {
    return new PostgresCheckpoints(serving);
  }

  Seals servedSeals() {
    return new PostgresSeals(serving);
  }

  Blobs servedBlobs() {
    return new PostgresBlobs(serving);
  }

  Blobs blobs() {
    return new PostgresBlobs(executing);
  }

  Seals seals() {
    return new PostgresSeals(executing);
  }

  Nodes nodes() {
    return new PostgresNodes(rounds);
  }

  Nonces nonces() {
    return new PostgresNonces(serving);
  }

  LogScan scan() {
    return new PostgresLogScan(projecting);
  }

  ChangeFeed projectedFeed() {
    return new PostgresChangeFeed(projecting);
  }

  RunIndex projectedIndex() {
    return new PostgresRunIndex(projecting);
  }

  ProjectionStore projections() {
    return new PostgresProjectionStore(projecting);
  }

  KnownSinks knownSinks() {
    return new PostgresKnownSinks(projecting);
  }

  SinkBook sinkBook() {
    return new PostgresSinkBook(projecting);
  }

  SinkStreams sinkStreams() {
    return new PostgresSinkStreams(projecting);
  }

  Rebuilds rebuilds() {
    return new PostgresRebuilds(projecting);
  }

  PastAudits audits() {
    return new PostgresPastAudits(projecting);
  }

  WriterLeases writers() {
    return new PostgresWriterLeases(projecting);
  }

  /// Tells other nodes that this one wrote.
  HintNotifier notifier(NodeId node) {
    return new HintNotifier(rounds, node, HINT_PAUSE);
  }

  /// Hears that another node wrote.
  HintListener listener(NodeId node, Runnable hint) {
    return new HintListener(settings, node, hint);
  }

  Audit audit() {
    return new PostgresAudit(serving);
  }

  Revocations revocations() {
    return new PostgresRevocations(serving);
  }

  @Override
  public void close() {
    Closing.inOrder(committer::close, pools::close);
  }
}
