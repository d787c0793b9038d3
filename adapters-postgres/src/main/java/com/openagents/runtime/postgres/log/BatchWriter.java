package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Writes batches of any size in as few statements as the order of each run's writes allows.
///
/// A statement that fails because of its values is divided until the write to blame stands alone.
final class BatchWriter {

  static final int STATEMENT_MAX = 128;
  private static final int ATTEMPTS_MAX = 10;

  private final DataSource dataSource;

  BatchWriter(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// @throws StoreUnavailable when it is not known whether anything was written
  List<WriteResult> write(List<PreparedWrite> writes) {
    WriteResult[] results = new WriteResult[writes.size()];
    try (Connection connection = dataSource.getConnection()) {
      for (List<Integer> round : Rounds.of(writes, STATEMENT_MAX)) {
        write(connection, writes, round, results);
      }
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
    return Arrays.asList(results);
  }

  private static void write(
      Connection connection, List<PreparedWrite> writes, List<Integer> round, WriteResult[] results)
      throws SQLException {
    List<PreparedWrite> together = round.stream().map(writes::get).toList();
    try {
      List<Appended> outcomes = outcomes(connection, together);
      for (int i = 0; i < round.size(); i++) {
        results[round.get(i)] = new WriteResult.Answered(outcomes.get(i));
      }
    } catch (SQLException e) {
      if (!Failures.blamesTheValues(e)) {
        throw e;
      }
      if (round.size() == 1) {
        results[round.getFirst()] = new WriteResult.Impossible(new UnstorableWrite(e));
        return;
      }
      int half = round.size() / 2;
      write(connection, writes, round.subList(0, half), results);
      write(connection, writes, round.subList(half, round.size()), results);
    }
  }

  static List<Appended> outcomes(Connection connection, List<PreparedWrite> writes)
      throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return KnownFrames.settle(connection, writes, rows(connection, writes));
      } catch (SQLException e) {
        if (!Failures.lostARace(e) || attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  /// A write alone takes the shorter statement first, unless it begins a run.
  private static List<AppendRow> rows(Connection connection, List<PreparedWrite> writes)
      throws SQLException {
    if (writes.size() == 1 && writes.getFirst().created() == null) {
      Optional<AppendRow> row = AppendStatement.one(connection, writes.getFirst());
      if (row.isPresent()) {
        return List.of(row.get());
      }
    }
    return AppendStatement.many(connection, writes);
  }
}
