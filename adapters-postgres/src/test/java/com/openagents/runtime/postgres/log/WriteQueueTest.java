package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.deltas;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteQueueTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private WriteQueue queue = new WriteQueue(1, 10);

  @Test
  void after_a_batch_of_several_the_next_waits_for_as_many() throws Exception {
    afterABatchOfTwo(HOUR);
    assertThat(queue.admit(write(4), true)).as("writes alone").isFalse();
    FutureTask<List<PendingWrite>> batch = new FutureTask<>(() -> queue.take(10));
    Thread taker = Thread.ofPlatform().daemon().start(batch);
    while (taker.getState() != Thread.State.TIMED_WAITING && !batch.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(batch.isDone()).isFalse();

    queue.admit(write(5), true);

    assertThat(batch.get(30, TimeUnit.SECONDS))
        .extracting(PendingWrite::runId)
        .containsExactly(runId(4), runId(5));
  }

  @Test
  void those_who_do_not_come_back_are_not_awaited_for_long() throws Exception {
    afterABatchOfTwo(TimeUnit.MILLISECONDS.toNanos(80));
    queue.admit(write(4), false);
    assertThat(queue.take(10)).extracting(PendingWrite::runId).containsExactly(runId(4));
  }

  @Test
  void after_a_write_alone_nobody_is_awaited() {
    var first = write(1);
    assertThat(queue.admit(first, true)).isTrue();
    queue.done(List.of(first), HOUR);
    assertThat(queue.admit(write(2), true)).isTrue();
  }

  @Test
  void closing_awaits_nobody() throws Exception {
    afterABatchOfTwo(HOUR);
    queue.admit(write(4), true);
    queue.close();
    assertThat(queue.take(10)).hasSize(1);
    assertThat(queue.take(10)).isEmpty();
  }

  private void afterABatchOfTwo(long tookNanos) throws InterruptedException {
    var alone = write(1);
    assertThat(queue.admit(alone, true)).isTrue();
    queue.admit(write(2), true);
    queue.admit(write(3), true);
    queue.done(List.of(alone), 0);
    List<PendingWrite> two = queue.take(10);
    assertThat(two).hasSize(2);
    queue.done(two, tookNanos);
  }

  @Test
  void callers_that_wait_for_room_are_refused_when_it_closes() throws Exception {
    queue = new WriteQueue(1, 1);
    assertThat(queue.admit(write(1), true)).as("writes at once").isTrue();
    assertThat(queue.admit(write(2), true)).as("waits").isFalse();
    List<FutureTask<Boolean>> waiting = new ArrayList<>();
    for (int i = 3; i <= 5; i++) {
      waiting.add(waitingForRoom(write(i)));
    }

    queue.close();

    for (FutureTask<Boolean> each : waiting) {
      assertThatThrownBy(() -> each.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreUnavailable.class);
    }
    assertThatThrownBy(() -> queue.admit(write(6), true)).isInstanceOf(StoreUnavailable.class);
  }

  private FutureTask<Boolean> waitingForRoom(PendingWrite write) {
    var admission = new FutureTask<>(() -> queue.admit(write, true));
    Thread caller = Thread.ofPlatform().daemon().start(admission);
    while (caller.getState() != Thread.State.WAITING && !admission.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(admission.isDone()).isFalse();
    return admission;
  }

  private static PendingWrite write(int run) {
    return new PendingWrite(PreparedWrite.of(deltas(runId(run), Precondition.OPEN, "a piece")));
  }
}
