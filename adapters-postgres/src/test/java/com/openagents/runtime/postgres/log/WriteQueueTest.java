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

/// One writer that never comes back, and room for one write behind it.
class WriteQueueTest {

  private final WriteQueue queue = new WriteQueue(1, 1);

  @Test
  void callers_that_wait_for_room_are_refused_when_it_closes() throws Exception {
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
