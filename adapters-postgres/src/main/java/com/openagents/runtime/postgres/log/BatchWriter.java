package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
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
/// One that waited too long for a lock is made again without waiting: only the writes to runs that
/// are held are left out, and that costs the writer one wait, however many writes and held runs
/// there are.
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
      boolean waited = false;
      for (Rounds round : Rounds.of(writes, STATEMENT_MAX)) {
        for (List<Integer> statement : round.apart()) {
          write(connection, writes, statement, results);
        }
        for (List<Integer> frames : round.together()) {
          waited = writeFrames(connection, writes, frames, waited, results);
        }
      }
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
    return Arrays.asList(results);
  }

  private static void write(
      Connection connection, List<PreparedWrite> writes, List<Integer> round, WriteResult[] results)
      throws SQLException {
    for (RowLock lock : RowLock.values()) {
      List<Integer> alike = round.stream().filter(i -> lockFor(writes.get(i)) == lock).toList();
      if (!alike.isEmpty()) {
        write(connection, writes, alike, lock, results);
      }
    }
  }

  /// What cannot be written together is written one by one, which tells why. Of several held runs
  /// only the first is waited for.
  ///
  /// @param waited whether a wait was in vain before
  /// @return whether one was by now
  private static boolean writeFrames(
      Connection connection,
      List<PreparedWrite> writes,
      List<Integer> frames,
      boolean waited,
      WriteResult[] results)
      throws SQLException {
    try {
      Optional<List<Appended>> outcomes =
          waited ? Optional.empty() : outcomes(connection, together(writes, frames));
      if (outcomes.isPresent()) {
        for (int i = 0; i < frames.size(); i++) {
          results[frames.get(i)] = new WriteResult.Answered(outcomes.get().get(i));
        }
        return false;
      }
    } catch (SQLException e) {
      if (Failures.waitedTooLong(e)) {
        frames.forEach(i -> results[i] = new WriteResult.Held(writes.get(i).runId()));
        return true;
      }
      if (!Failures.blamesTheValues(e)) {
        throw e;
      }
    }
    for (int i : frames) {
      write(connection, writes, List.of(i), waited ? RowLock.SKIPPED : RowLock.AWAITED, results);
    }
    return waited;
  }

  private static FramesOfOneRun together(List<PreparedWrite> writes, List<Integer> frames) {
    return new FramesOfOneRun(frames.stream().map(writes::get).toList());
  }

  private static Optional<List<Appended>> outcomes(Connection connection, FramesOfOneRun frames)
      throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return frames.write(connection);
      } catch (SQLException e) {
        if (!Failures.lostARace(e) || attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  private static RowLock lockFor(PreparedWrite write) {
    return write.append().precondition().uncontended() ? RowLock.SKIPPED : RowLock.AWAITED;
  }

  private static void write(
      Connection connection,
      List<PreparedWrite> writes,
      List<Integer> round,
      RowLock lock,
      WriteResult[] results)
      throws SQLException {
    List<PreparedWrite> together = round.stream().map(writes::get).toList();
    try {
      List<Appended> outcomes = outcomes(connection, together, lock);
      for (int i = 0; i < round.size(); i++) {
        results[round.get(i)] = result(together.get(i), outcomes.get(i));
      }
    } catch (SQLException e) {
      if (lock == RowLock.AWAITED && Failures.waitedTooLong(e) && !forks(together)) {
        write(connection, writes, round, RowLock.SKIPPED, results);
      } else if (!Failures.blamesTheValues(e)) {
        throw e;
      } else if (round.size() == 1) {
        results[round.getFirst()] = new WriteResult.Impossible(new UnstorableWrite(e));
      } else {
        int half = round.size() / 2;
        write(connection, writes, round.subList(0, half), lock, results);
        write(connection, writes, round.subList(half, round.size()), lock, results);
      }
    }
  }

  /// Whether a fork is among them. It passes over nobody, and what took too long would again.
  private static boolean forks(List<PreparedWrite> writes) {
    return writes.stream().anyMatch(ForkStatement::takes);
  }

  /// A write that would have waited, and was passed over after all, has waited long enough.
  private static WriteResult result(PreparedWrite write, Appended outcome) {
    boolean passedOver =
        outcome instanceof Appended.Refused(Refusal why, _, _) && why == Refusal.CONTENDED;
    return passedOver && lockFor(write) == RowLock.AWAITED
        ? new WriteResult.Held(write.runId())
        : new WriteResult.Answered(outcome);
  }

  static List<Appended> outcomes(Connection connection, List<PreparedWrite> writes, RowLock lock)
      throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        if (writes.size() == 1 && ForkStatement.takes(writes.getFirst())) {
          return List.of(ForkStatement.write(connection, writes.getFirst()));
        }
        return KnownFrames.settle(connection, writes, rows(connection, writes, lock));
      } catch (SQLException e) {
        if (!Failures.lostARace(e) || attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  /// A write alone takes the shorter statement first, unless it begins a run.
  private static List<AppendRow> rows(
      Connection connection, List<PreparedWrite> writes, RowLock lock) throws SQLException {
    if (writes.size() == 1 && writes.getFirst().created() == null) {
      Optional<AppendRow> row = AppendStatement.one(connection, writes.getFirst(), lock);
      if (row.isPresent()) {
        return List.of(row.get());
      }
    }
    return AppendStatement.many(connection, writes, lock);
  }
}
