package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.DerivedRuns;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.postgres.log.PostgresLogScan;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;

/// Reads all logs as a rebuild does, and copies the same rows out as PostgreSQL does by itself. For
/// one thread.
final class RebuildBench implements AutoCloseable {

  private static final String COPY =
      "copy (select run_id, seq, type, version, payload, occurred_at, trace_id, epoch"
          + " from runtime.events) to stdout";

  private static final int RUNS_AT_ONCE = 256;

  private final Library library;
  private final Connection connection;
  private final HikariDataSource reading;
  private final LogScan scan;
  private final List<RunId> runs = new ArrayList<>();
  private long events;

  /// @param count how many events there are at least
  RebuildBench(BenchDatabase database, long count) throws SQLException {
    library = Library.open(database.url(), 1);
    try (CopiedRuns copies = new CopiedRuns(database, library.log())) {
      copies.fill(count);
    }
    connection = database.connect();
    reading = Database.connections(database.url());
    scan = new PostgresLogScan(reading);
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery("select run_id from runtime.runs order by run_id")) {
      while (rows.next()) {
        runs.add(new RunId(rows.getObject(1, UUID.class)));
      }
    }
  }

  /// How many events were read or copied last.
  long events() {
    return events;
  }

  /// Computes what belongs beside each log, and writes nothing.
  ///
  /// @return events read each second
  double derive() {
    long begin = System.nanoTime();
    events = 0;
    for (int from = 0; from < runs.size(); from += RUNS_AT_ONCE) {
      List<RunId> some = runs.subList(from, Math.min(from + RUNS_AT_ONCE, runs.size()));
      DerivedRuns derived = new DerivedRuns(scan, some);
      for (var next = derived.next(); next.isPresent(); next = derived.next()) {
        events += next.get().result(null).orElseThrow().head().lastSeq();
      }
    }
    return events * 1e9 / (System.nanoTime() - begin);
  }

  /// @return events copied each second
  double copy() throws SQLException, IOException {
    long begin = System.nanoTime();
    events =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(COPY, OutputStream.nullOutputStream());
    return events * 1e9 / (System.nanoTime() - begin);
  }

  /// Documents out of the same logs, kept beside them.
  TellingBench telling() {
    return TellingBench.kept(library.projecting());
  }

  /// Documents out of the same logs, kept in memory.
  TellingBench tellingInMemory() {
    return TellingBench.folded(library.projecting());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    reading.close();
    library.close();
  }
}
