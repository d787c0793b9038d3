package com.openagents.runtime.http.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
    CountDownLatch full = new CountDownLatch(MOST);
    CountDownLatch released = new CountDownLatch(1);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable _ = released::countDown) {
      for (int i = 0; i < MOST + 50; i++) {
        callers.submit(() ->
            computing.result(() -> {
              inside.incrementAndGet();
              full.countDown();
              return awaited(released);
            }));
      }
      full.await();
      for (int look = 0; look < 200; look++) {
        assertThat(inside).hasValue(MOST);
        LockSupport.parkNanos(1_000_000);
      }
    }
    assertThat(inside).hasValue(MOST + 50);
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
