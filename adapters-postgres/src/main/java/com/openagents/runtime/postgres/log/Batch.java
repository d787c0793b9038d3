package com.openagents.runtime.postgres.log;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.postgres.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A batch on its way into the store, in as few statements as the order of each run's writes
/// allows.
///
/// A statement that fails because of its values is divided until the write to blame stands alone.
/// One that waited too long for a lock is made again without waiting, so that only the writes to
/// runs that are held are left out. A run that was found held is left out of the rest of the batch:
/// to wait for it again would hold up others, and what was let go meanwhile would be written before
/// what came first.
final class Batch {

  private static final int ATTEMPTS_MAX = 10;

  private final Connection connection;
  private final List<PreparedWrite> writes;
  private final WriteResult[] results;
  private final Set<RunId> held = new HashSet<>();

  /// Whether a write waited in vain. Frames of one run, known or new, then wait no more.
  private boolean waited;

  Batch(Connection connection, List<PreparedWrite> writes) {
    this.connection = connection;
    this.writes = writes;
    this.results = new WriteResult[writes.size()];
  }

  /// @throws SQLException when it is not known whether anything was written
  List<WriteResult> write(int statementMax) throws SQLException {
    for (Rounds round : Rounds.of(writes, statementMax)) {
      for (List<Integer> statement : round.apart()) {
        writeApart(statement);
      }
      for (List<Integer> frames : round.together()) {
        writeTogether(frames);
      }
    }
    return Arrays.asList(results);
  }

  private void writeApart(List<Integer> statement) throws SQLException {
    for (RowLock lock : RowLock.values()) {
      write(statement.stream().filter(i -> lockFor(writes.get(i)) == lock).toList(), lock);
    }
  }

  /// What cannot be written together is written one by one, which tells why.
  private void writeTogether(List<Integer> frames) throws SQLException {
    try {
      Optional<List<Appended>> outcomes =
          waited || isHeld(frames.getFirst()) ? Optional.empty() : outcomes(together(frames));
      if (outcomes.isPresent()) {
        for (int i = 0; i < frames.size(); i++) {
          results[frames.get(i)] = new WriteResult.Answered(outcomes.get().get(i));
        }
        return;
      }
    } catch (SQLException e) {
      if (Failures.waitedTooLong(e)) {
        waited = true;
        held.add(writes.get(frames.getFirst()).runId());
      } else if (!Failures.blamesTheValues(e)) {
        throw e;
      }
    }
    for (int i : frames) {
      write(List.of(i), waited ? RowLock.SKIPPED : RowLock.AWAITED);
    }
  }

  private FramesOfOneRun together(List<Integer> frames) {
    return new FramesOfOneRun(frames.stream().map(writes::get).toList());
  }

  private Optional<List<Appended>> outcomes(FramesOfOneRun frames) throws SQLException {
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

  private boolean isHeld(int index) {
    PreparedWrite write = writes.get(index);
    return held.contains(write.runId()) && lockFor(write) == RowLock.AWAITED;
  }

  /// @param asked indexes of writes, no two to the same run
  private void write(List<Integer> asked, RowLock lock) throws SQLException {
    asked.stream().filter(this::isHeld).forEach(i -> settle(i, heldAgain(i)));
    List<Integer> statement = asked.stream().filter(i -> !isHeld(i)).toList();
    if (statement.isEmpty()) {
      return;
    }
    List<PreparedWrite> together = statement.stream().map(writes::get).toList();
    try {
      List<Appended> outcomes = outcomes(connection, together, lock);
      for (int i = 0; i < statement.size(); i++) {
        settle(statement.get(i), result(together.get(i), outcomes.get(i)));
      }
    } catch (SQLException e) {
      if (lock == RowLock.AWAITED && Failures.waitedTooLong(e) && !forks(together)) {
        waited = true;
        write(statement, RowLock.SKIPPED);
      } else if (!Failures.blamesTheValues(e)) {
        throw e;
      } else if (statement.size() == 1) {
        settle(statement.getFirst(), new WriteResult.Impossible(new UnstorableWrite(e)));
      } else {
        int half = statement.size() / 2;
        write(statement.subList(0, half), lock);
        write(statement.subList(half, statement.size()), lock);
      }
    }
  }

  private WriteResult heldAgain(int index) {
    return new WriteResult.Held(writes.get(index).runId());
  }

  private void settle(int index, WriteResult result) {
    results[index] = result;
    if (result instanceof WriteResult.Held(RunId run)) {
      held.add(run);
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

  /// Writes to different runs, by one statement where nothing lost a race.
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
