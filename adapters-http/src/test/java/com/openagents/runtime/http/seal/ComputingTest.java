package com.openagents.runtime.http.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComputingTest {

  private static final int MOST = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final Computing computing = new Computing();

  @Test
  void work_holds_no_carrier_of_virtual_threads() {
    assertThat(computing.result(() -> Thread.currentThread().isVirtual())).isFalse();
  }

  @Test
  void no_more_than_half_of_the_processors_compute_at_a_time() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch released = new CountDownLatch(1);
    List<Thread> callers =
        IntStream.range(0, MOST + 50)
            .mapToObj(_ ->
                Thread.startVirtualThread(() ->
                    computing.result(() -> {
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      boolean done = awaited(released);
                      inside.decrementAndGet();
                      return done;
                    })))
            .toList();
    while (most.get() < MOST
        || callers.stream().anyMatch(caller -> caller.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    released.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(most).hasValue(MOST);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void what_work_throws_its_caller_gets() {
    var thrown = new IllegalStateException("broken");
    assertThatThrownBy(() ->
            computing.result(() -> {
              throw thrown;
            }))
        .isSameAs(thrown);
  }
}
