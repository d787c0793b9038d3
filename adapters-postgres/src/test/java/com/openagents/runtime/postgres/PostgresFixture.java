package com.openagents.runtime.postgres;

import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.postgres.log.Committer;
import com.openagents.runtime.postgres.log.PostgresAgeing;
import com.openagents.runtime.postgres.log.PostgresChangeFeed;
import com.openagents.runtime.postgres.log.PostgresCheckpoints;
import com.openagents.runtime.postgres.log.PostgresEventLog;
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
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.ProjectionFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/// The store as suites want it: one database for each server, emptied for each test.
public final class PostgresFixture implements ProjectionFixture {

  private static final String PASS_TIME =
      """
      with passed as (select ?::interval as time),
        runs as (
          update runtime.runs set
            lease_expires_at = lease_expires_at - time, wake_at = wake_at - time,
            rests_until = rests_until - time
          from passed),
        nonces as (update runtime.nonces set expires_at = expires_at - time from passed),
        revocations as (update runtime.token_revocations set until = until - time from passed),
        audit as (update runtime.audit set at = at - time from passed),
        writer as (
          update runtime.projection_writer set expires_at = expires_at - time from passed),
        sinks as (update runtime.sink_documents set due_since = due_since - time from passed)
      update runtime.nodes set seen_at = seen_at - time, started_at = started_at - time
      from passed
      """;

  private final TestDatabase database;
  private final Committer log;

  private PostgresFixture(TestDatabase database) {
    this.database = database;
    PostgresPools pools = database.pools();
    var direct = new PostgresEventLog(pools.executing(), pools.serving());
    this.log = new Committer(direct, 2, 1_000, (_, _) -> {});
  }

  public static PostgresFixture on(TestServer server) {
    return new PostgresFixture(TestDatabase.emptiedOn(server));
  }

  /// A fixture of one port alone.
  public static <P> PortFixture<P> on(TestServer server, Function<DataSource, P> port) {
    PostgresFixture whole = on(server);
    return new Alone<>(whole, port.apply(whole.serving()));
  }

  private DataSource serving() {
    return database.pools().serving();
  }

  @Override
  public EventLog log() {
    return log;
  }

  @Override
  public RunIndex index() {
    return new PostgresRunIndex(serving());
  }

  @Override
  public ThreadLog threads() {
    return new PostgresThreadLog(serving());
  }

  @Override
  public ChangeFeed changes() {
    return new PostgresChangeFeed(serving());
  }

  @Override
  public Checkpoints checkpoints() {
    return new PostgresCheckpoints(serving());
  }

  @Override
  public Seals seals() {
    return new PostgresSeals(serving());
  }

  @Override
  public Ageing ageing() {
    return new PostgresAgeing(serving());
  }

  @Override
  public Nodes nodes() {
    return new PostgresNodes(serving());
  }

  private DataSource projecting() {
    return database.pools().projecting();
  }

  @Override
  public LogScan scan() {
    return new PostgresLogScan(projecting());
  }

  @Override
  public ProjectionStore projections() {
    return new PostgresProjectionStore(projecting());
  }

  @Override
  public KnownSinks knownSinks() {
    return new PostgresKnownSinks(projecting());
  }

  @Override
  public SinkBook sinkBook() {
    return new PostgresSinkBook(projecting());
  }

  @Override
  public SinkStreams sinkStreams() {
    return new PostgresSinkStreams(projecting());
  }

  @Override
  public WriterLeases writers() {
    return new PostgresWriterLeases(projecting());
  }

  @Override
  public Rebuilds rebuilds() {
    return new PostgresRebuilds(projecting());
  }

  @Override
  public PastAudits audits() {
    return new PostgresPastAudits(projecting());
  }

  @Override
  public List<String> rows() {
    return database.sql(
        """
        select message_id from runtime.read_messages
        union all select event_id from runtime.read_run_events
        """);
  }

  @Override
  public Instant now() {
    String micros =
        database.sql("select (extract(epoch from clock_timestamp()) * 1e6)::bigint").getFirst();
    return Instant.EPOCH.plus(Duration.ofNanos(Long.parseLong(micros) * 1_000));
  }

  /// Moves what is stored into the past instead of the clock into the future.
  @Override
  public void passTime(Duration duration) {
    database.sql(PASS_TIME, duration.toNanos() / 1_000 + " microseconds");
  }

  @Override
  public void close() {
    log.close();
  }

  private record Alone<P>(PostgresFixture whole, P port) implements PortFixture<P> {
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
