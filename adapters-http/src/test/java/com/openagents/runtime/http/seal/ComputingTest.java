package com.openagents.runtime.http.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    AtomicInteger now = new AtomicInteger();
    Callable<Integer> call =
        () ->
            computing.result(() -> {
              int together = now.incrementAndGet();
              Thread.onSpinWait();
              now.decrementAndGet();
              return together;
            });
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls = IntStream.range(0, 500).mapToObj(_ -> call).toList();
      for (Future<Integer> together : callers.invokeAll(calls)) {
        assertThat(together.get()).isBetween(1, MOST);
      }
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
