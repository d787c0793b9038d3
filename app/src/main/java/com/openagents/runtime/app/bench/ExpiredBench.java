package com.openagents.runtime.app.bench;

import com.openagents.runtime.execution.Janitor;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// Runs whose executor is gone, all at once, and one janitor that frees them for others.
final class ExpiredBench {

  private static final Duration LEASE = Duration.ofMillis(500);
  private static final NodeId GONE = new NodeId("gone");
  private static final int BATCH = 1_000;
  private static final String HELD =
      "select count(*) from runtime.runs"
          + " where lease_owner = 'gone' and lease_expires_at > clock_timestamp()";

  private final BenchDatabase database;
  private final Library library;

  ExpiredBench(BenchDatabase database, Library library) {
    this.database = database;
    this.library = library;
  }

  /// Lets so many runs expire and drains them.
  ///
  /// @return how many runs were recovered each second
  double drain(int count) throws Exception {
    List<RunId> runs = HeldRuns.create(library.log(), count).all();
    write(runs, append -> append.with(new LeaseChange.Acquire(GONE, LEASE)));
    awaitExpiry();
    Janitor janitor = new Janitor(library.log(), library.index(), Limits.defaults());
    long begin = System.nanoTime();
    int recovered = janitor.sweep();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (recovered != count) {
      throw new IllegalStateException(recovered + " of " + count + " runs were recovered");
    }
    write(runs, append -> append.with(Wake.NEVER));
    return recovered / seconds;
  }

  private void write(List<RunId> runs, UnaryOperator<Append> change) {
    for (int from = 0; from < runs.size(); from += BATCH) {
      library
          .log()
          .append(
              runs.subList(from, Math.min(runs.size(), from + BATCH)).stream()
                  .map(runId -> change.apply(Append.of(runId, Precondition.OPEN, List.of())))
                  .toList());
    }
  }

  private void awaitExpiry() throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement held = connection.prepareStatement(HELD)) {
      Patience.until(
          "all leases have expired",
          () -> {
            try (ResultSet row = held.executeQuery()) {
              return row.next() && row.getInt(1) == 0;
            }
          });
    }
  }
}
