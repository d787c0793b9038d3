package com.openagents.runtime.postgres.log;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gathers the writes of concurrent callers, so that many are made durable by one commit.
///
/// A caller that finds nobody waiting writes at once on its own thread, and whatever arrives while
/// every writer is busy is the next batch. A virtual thread leaves its write to a committer's
/// thread even then, because waiting for a socket costs it more than that. Each caller is answered
/// after its own commit, and one that cannot be written fails none beside it. A fork is written
/// beside what is gathered, for nobody is to wait until all of it is copied. Thread-safe.
public final class Committer implements EventLog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final PostgresEventLog log;
  private final BatchObserver observer;
  private final WriteQueue queue;
  private final List<Thread> threads;

  /// @param writers how many statements may be under way at once
  /// @param capacity how many writes may wait; beyond it callers block
  public Committer(PostgresEventLog log, int writers, int capacity, BatchObserver observer) {
    this.log = log;
    this.observer = observer;
    this.queue = new WriteQueue(writers, capacity);
    this.threads =
        IntStream.rangeClosed(1, writers)
            .mapToObj(number -> Thread.ofPlatform().name("committer-" + number).start(this::work))
            .toList();
  }

  @Override
  public Appended append(Append write) {
    if (write.fork() != null) {
      return log.append(write);
    }
    var pending = new PendingWrite(PreparedWrite.of(write));
    if (queue.admit(pending, !Thread.currentThread().isVirtual())) {
      write(List.of(pending));
    }
    return pending.await();
  }

  /// Writes a caller's own batch at once, beside what others have gathered.
  @Override
  public List<Appended> append(List<Append> batch) {
    return batch.size() == 1 ? List.of(append(batch.getFirst())) : log.append(batch);
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return log.read(runId, after, limit);
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return log.readDurable(runId, after, limit);
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return log.head(runId);
  }

  private void work() {
    try {
      var batch = queue.take(BatchWriter.STATEMENT_MAX);
      while (!batch.isEmpty()) {
        write(batch);
        batch = queue.take(BatchWriter.STATEMENT_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The batch is reported before the next one may begin, so that one writer reports in order.
  private void write(List<PendingWrite> batch) {
    long began = System.nanoTime();
    try {
      answer(batch);
      report(batch.size(), Duration.ofNanos(System.nanoTime() - began));
    } finally {
      queue.done(batch, System.nanoTime() - began);
    }
  }

  /// What is written is written, and the next batch comes, whatever becomes of the report.
  private void report(int writes, Duration took) {
    try {
      observer.written(writes, took);
    } catch (RuntimeException | Error e) {
      LOG.warn("a batch of writes was not reported", e);
    }
  }

  private void answer(List<PendingWrite> batch) {
    try {
      List<WriteResult> results = log.write(batch.stream().map(PendingWrite::write).toList());
      for (int i = 0; i < results.size(); i++) {
        batch.get(i).answer(results.get(i));
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(pending -> pending.fail(e));
    }
  }

  /// Writes what has been admitted, then ends; callers that come later are refused.
  @Override
  public void close() {
    queue.close();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
