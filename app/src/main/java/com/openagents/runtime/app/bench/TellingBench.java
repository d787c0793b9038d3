package com.openagents.runtime.app.bench;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.postgres.log.PostgresChangeFeed;
import com.openagents.runtime.postgres.log.PostgresLogScan;
import com.openagents.runtime.postgres.projection.PostgresKnownSinks;
import com.openagents.runtime.postgres.projection.PostgresProjectionStore;
import com.openagents.runtime.postgres.projection.PostgresRebuilds;
import com.openagents.runtime.postgres.projection.PostgresSinkBook;
import com.openagents.runtime.postgres.projection.PostgresWriterLeases;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/// Tells all documents again from the logs in a database, as a node does for `projection rebuild`,
/// but without its rests. For one thread.
final class TellingBench implements AutoCloseable {

  private static final int RUNS_AT_ONCE = 256;
  private static final Duration TTL = Duration.ofHours(6);

  private final Rebuilds rebuilds;
  private final Rebuilding rebuilding;
  private final WriterLeases leases;
  private final WriterLease lease;

  private TellingBench(RebuildPorts ports, ChangeFeed feed, WriterLeases leases) {
    RunProjections all = RunProjections.BUILT_IN;
    Projector projector =
        new Projector(ports.scan(), feed, ports.store(), all, Projector.Bounds.DEFAULT);
    Comparison comparison = new Comparison(new Recount(ports.scan(), all), ports.store(), feed);
    this.rebuilds = ports.rebuilds();
    this.rebuilding = new Rebuilding(ports, projector, comparison, all, RUNS_AT_ONCE);
    this.leases = leases;
    this.lease = leases.acquire(new NodeId("bench"), TTL).orElseThrow();
  }

  /// Keeps the documents beside the log, as the service does.
  static TellingBench kept(DataSource database) {
    return new TellingBench(
        new RebuildPorts(
            new PostgresLogScan(database),
            new PostgresProjectionStore(database),
            new PostgresKnownSinks(database),
            new PostgresSinkBook(database),
            new PostgresRebuilds(database)),
        new PostgresChangeFeed(database),
        new PostgresWriterLeases(database));
  }

  /// Keeps them in memory, so that they are fetched and folded and nothing more.
  static TellingBench folded(DataSource database) {
    InMemoryStore memory = new InMemoryStore(InstantSource.system());
    return new TellingBench(
        new RebuildPorts(
            new PostgresLogScan(database),
            memory.projections(),
            memory.knownSinks(),
            memory.sinkBook(),
            memory.rebuilds()),
        new PostgresChangeFeed(database),
        memory.writers());
  }

  /// Tells everything again, once.
  ///
  /// @return events told each second
  double tell() {
    long begin = System.nanoTime();
    long number =
        rebuilds.request(new Rebuild.Request(new Rebuild.Scope.All(), false, "bench")).number();
    Optional<Rebuild> last = rebuilding.step(lease.epoch());
    while (last.isPresent() && !(last.get().number() == number && last.get().phase().ended())) {
      last = rebuilding.step(lease.epoch());
    }
    return last.orElseThrow().progress().events() * 1e9 / (System.nanoTime() - begin);
  }

  @Override
  public void close() {
    leases.release(lease);
  }
}
