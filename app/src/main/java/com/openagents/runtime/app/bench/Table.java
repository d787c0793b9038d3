package com.openagents.runtime.app.bench;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.log.SavedFolds;
import com.openagents.runtime.run.RunState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/// A log of some size to append to, and to resume runs from. For one thread.
final class Table implements AutoCloseable {

  private static final int WRITERS = 1;
  private static final int HELD = 1_000;
  private static final int CONVERSATION_MAX = 200;
  private static final int LONG_STEPS = 66;
  private static final int STEPS_AFTER = 12;
  private static final NodeId NODE = new NodeId("bench");
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final BenchDatabase database;
  private final Library library;
  private HeldRuns held;
  private CopiedRuns copied;

  Table(BenchDatabase database) throws SQLException {
    this.database = database;
    library = Library.open(database.url(), WRITERS);
    held = HeldRuns.create(library.log(), HELD);
    copied = new CopiedRuns(database, library.log());
  }

  /// Adds runs until they have at least so many events, beside those that are appended to.
  void fill(long events) throws SQLException {
    copied.fill(events);
  }

  /// Empties it and fills it anew.
  void refill(long events) throws SQLException {
    copied.close();
    try (Connection connection = database.connect();
        Statement empty = connection.createStatement()) {
      empty.execute(
          "truncate runtime.events, runtime.frames, runtime.runs, runtime.threads,"
              + " runtime.checkpoints");
    }
    held = HeldRuns.create(library.log(), HELD);
    copied = new CopiedRuns(database, library.log());
    fill(events);
  }

  /// Frames appended to runs that are as many whatever the size of the table.
  Window appends(int callers, Duration time) throws InterruptedException {
    List<RunId> all = held.all();
    return Load.run(
        callers,
        time,
        _ -> () -> held.append(all.get(ThreadLocalRandom.current().nextInt(all.size()))));
  }

  /// Runs chosen at random, resumed one after the other.
  Latencies resumes(int count) {
    List<RunId> all = copied.all();
    return Latencies.ofNanos(
        LongStream.generate(() -> resume(all.get(ThreadLocalRandom.current().nextInt(all.size()))))
            .limit(count));
  }

  /// Begins a run with a session of its own, whose fold was saved a short turn before its end.
  ///
  /// @param events how many it has at least
  RunId longRun(int events) {
    RunId runId = HeldRuns.create(library.log(), 1).all().getFirst();
    int turns = Math.ceilDiv(events, SessionLog.events(1, LONG_STEPS));
    SessionLog.write(library.log(), runId, 1, turns, LONG_STEPS);
    SavedFolds.save(library.checkpoints(), runId, RunStates.read(library.log(), runId));
    SessionLog.write(library.log(), runId, turns + 1, 1, STEPS_AFTER);
    return runId;
  }

  /// Does what an executor does before it goes on with a run, and gives the run back.
  ///
  /// @return nanoseconds until it could have gone on
  long resume(RunId runId) {
    long begin = System.nanoTime();
    Appended taken =
        library
            .log()
            .append(
                Append.of(runId, Precondition.OPEN, List.of())
                    .with(new LeaseChange.Acquire(NODE, LEASE)));
    if (!(taken instanceof Appended.Written written)) {
      throw new IllegalStateException("a run could not be taken: " + taken);
    }
    RunState saved = SavedFolds.latest(library.checkpoints(), runId);
    RunState state = RunStates.read(library.log(), runId, saved);
    var _ = library.threads().conversation(state.specified().threadId(), CONVERSATION_MAX);
    long nanos = System.nanoTime() - begin;
    library
        .log()
        .append(
            Append.of(runId, Precondition.executor(written.epoch()), List.of())
                .with(LeaseChange.RELEASE));
    return nanos;
  }

  @Override
  public void close() throws SQLException {
    copied.close();
    library.close();
  }
}
