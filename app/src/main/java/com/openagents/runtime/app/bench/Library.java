package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.settings.DatabaseUrl;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.postgres.ConnectionSettings;
import com.openagents.runtime.postgres.PostgresPools;
import com.openagents.runtime.postgres.log.Committer;
import com.openagents.runtime.postgres.log.PostgresCheckpoints;
import com.openagents.runtime.postgres.log.PostgresEventLog;
import com.openagents.runtime.postgres.log.PostgresRunIndex;
import com.openagents.runtime.postgres.log.PostgresThreadLog;
import java.time.Duration;
import javax.sql.DataSource;

/// The store's ports in this process, without the service around them.
final class Library implements AutoCloseable {

  private static final Duration LEASE_TTL = Duration.ofSeconds(30);
  private static final Duration LOCK_WAIT = Duration.ofMillis(500);
  private static final int CONNECTIONS = 8;
  private static final int WAITING_WRITES_MAX = 10_000;

  private final PostgresPools pools;
  private final Committer log;

  private Library(PostgresPools pools, int writers) {
    this.pools = pools;
    this.log =
        new Committer(
            new PostgresEventLog(pools.executing(), pools.serving()),
            writers,
            WAITING_WRITES_MAX,
            (_, _) -> {});
  }

  /// @param writers how many statements may be under way at once
  static Library open(DatabaseUrl url, int writers) {
    return new Library(
        PostgresPools.open(
            new ConnectionSettings(
                url.jdbcUrl(),
                url.user(),
                url.password(),
                LEASE_TTL,
                LOCK_WAIT,
                CONNECTIONS,
                CONNECTIONS,
                CONNECTIONS)),
        writers);
  }

  EventLog log() {
    return log;
  }

  RunIndex index() {
    return new PostgresRunIndex(pools.serving());
  }

  Checkpoints checkpoints() {
    return new PostgresCheckpoints(pools.executing());
  }

  ThreadLog threads() {
    return new PostgresThreadLog(pools.reading());
  }

  /// The connections that documents are read and written over.
  DataSource projecting() {
    return pools.projecting();
  }

  @Override
  public void close() {
    log.close();
    pools.close();
  }
}
