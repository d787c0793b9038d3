package com.openagents.runtime.app.node;

import com.openagents.runtime.log.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One duty of a node, done again and again on a thread of its own, so that no duty delays another.
///
/// A round that fails, whatever for, is logged and the next one tried. Thread-safe.
public final class Rounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private static final Duration LAST_MAX = Duration.ofSeconds(1);

  private final String duty;
  private final Runnable round;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final ScheduledExecutorService thread;

  private Rounds(String duty, Runnable round) {
    this.duty = duty;
    this.round = round;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("oa-" + duty).factory());
  }

  /// Begins at once, and rests for `interval` between the end of a round and the next.
  public static Rounds every(Duration interval, String duty, Runnable round) {
    Rounds rounds = new Rounds(duty, round);
    var _ =
        rounds.thread.scheduleWithFixedDelay(
            () -> rounds.once(round), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    return rounds;
  }

  /// Ends after the round in progress and one last act, for which it waits a second at most.
  void closeWith(Runnable last) {
    thread.execute(() -> once(last));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{}: the last act was not done in time", duty);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Does a round as soon as the thread is free; asked for again before that, it is done once.
  void soon() {
    if (wanted.compareAndSet(false, true)) {
      thread.execute(() -> {
        wanted.set(false);
        once(round);
      });
    }
  }

  private void once(Runnable act) {
    try {
      act.run();
    } catch (StoreUnavailable e) {
      LOG.warn("{}: the store does not answer: {}", duty, e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed; the next round tries again", duty, e);
    }
  }

  /// Ends after the round in progress.
  @Override
  public void close() {
    thread.shutdown();
  }
}
