package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// One session of the database, in which our statement runs among others.
final class Session implements AutoCloseable {

  private final TestDatabase database;
  private final Connection connection;
  private final int pid;

  Session(TestDatabase database) {
    try {
      this.database = database;
      this.connection = database.session();
      this.pid = TestDatabase.pid(connection);
    } catch (SQLException e) {
      throw new AssertionError("no session", e);
    }
  }

  /// Runs any statement and returns its first column.
  List<String> sql(String sql, Object... parameters) {
    return TestDatabase.sql(connection, sql, parameters);
  }

  Appended append(Append write) throws SQLException {
    return append(List.of(write)).getFirst();
  }

  private List<Appended> append(List<Append> batch) throws SQLException {
    return Batch.outcomes(
        connection, batch.stream().map(PreparedWrite::of).toList(), RowLock.AWAITED);
  }

  /// Begins to write; the answer comes when nobody holds it up any more.
  CompletableFuture<Appended> appending(Append write) {
    return appending(List.of(write)).thenApply(List::getFirst);
  }

  /// Begins to write a batch in one statement.
  CompletableFuture<List<Appended>> appending(List<Append> batch) {
    return beginning(() -> append(batch));
  }

  /// Begins to write a batch in one statement that is not made again when it loses a race.
  CompletableFuture<List<AppendRow>> appendingOnce(List<Append> batch) {
    return beginning(() -> {
      List<PreparedWrite> writes = batch.stream().map(PreparedWrite::of).toList();
      return AppendStatement.many(connection, writes, RowLock.AWAITED);
    });
  }

  private static <T> CompletableFuture<T> beginning(Callable<T> work) {
    var answer = new CompletableFuture<T>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            answer.complete(work.call());
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  void awaitBlockedBy(Session other) {
    database.awaitBlocked(pid, other.pid);
  }

  void awaitBlocksSomebody() {
    database.await(
        "select exists (select from pg_stat_activity where ? = any(pg_blocking_pids(pid)))", pid);
  }

  /// Stops whoever inserts events, after it has locked its runs and before it commits.
  void holdUpInserts() {
    sql("begin");
    sql(
        """
        lock table runtime.events_p0, runtime.events_p1, runtime.events_p2, runtime.events_p3,
          runtime.events_p4, runtime.events_p5, runtime.events_p6, runtime.events_p7
        in share row exclusive mode
        """);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new AssertionError("a session would not end", e);
    }
  }
}
