package com.openagents.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Readers wait for a read, then for a place; their clock goes on when the test says so.
@Tag("G6")
class ReadersDeadlineTest {

  private static final Duration WAIT_MAX = Duration.ofMinutes(2);

  private final AtomicLong now = new AtomicLong();
  private final Gate gate = new Gate(2, WAIT_MAX);
  private final SharedReads<String, String> reads = new SharedReads<>(gate, WAIT_MAX, now::get);
  private final CountDownLatch earlier = new CountDownLatch(1);
  private final CountDownLatch elsewhere = new CountDownLatch(1);
  private final CountDownLatch again = new CountDownLatch(1);

  /// One read of the run is under way; when it ends, its place goes to somebody else.
  @BeforeEach
  void fill() {
    var _ = asking(() -> gate.passPatiently(() -> held(elsewhere)));
    var _ = asking(() -> reads.read("run", () -> held(earlier)));
  }

  @AfterEach
  void release() {
    earlier.countDown();
    elsewhere.countDown();
    again.countDown();
  }

  @Test
  void the_time_for_the_earlier_read_is_not_given_again_for_a_place() {
    FutureTask<String> reader = asking(() -> reads.read("run", () -> "found"));
    passPlaceOn();
    assertThatThrownBy(() -> reader.get(30, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(Crowded.class);
  }

  @Test
  void whoever_came_later_than_a_leader_that_gives_up_makes_the_read() throws Exception {
    FutureTask<String> leader = asking(() -> reads.read("run", () -> "of the leader"));
    now.set(WAIT_MAX.minusMillis(1).toNanos());
    FutureTask<String> joiner = asking(() -> reads.read("run", () -> "of the joiner"));
    passPlaceOn();
    assertThatThrownBy(() -> leader.get(30, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(Crowded.class);
    assertThat(joiner.isDone()).isFalse();
    again.countDown();
    assertThat(joiner.get(30, TimeUnit.SECONDS)).isEqualTo("of the joiner");
  }

  /// Lets the clock pass the deadline of those who came first, and the earlier read end.
  private void passPlaceOn() {
    var _ = asking(() -> gate.passPatiently(() -> held(again)));
    now.set(WAIT_MAX.toNanos());
    earlier.countDown();
  }

  /// Returns when the thread waits for something.
  private static FutureTask<String> asking(Supplier<String> call) {
    FutureTask<String> task = new FutureTask<>(call::get);
    Thread thread = Thread.ofVirtual().start(task);
    OpeningReadsTest.await(() ->
        thread.getState() == Thread.State.WAITING
            || thread.getState() == Thread.State.TIMED_WAITING);
    return task;
  }

  private static String held(CountDownLatch latch) {
    try {
      return Boolean.toString(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
