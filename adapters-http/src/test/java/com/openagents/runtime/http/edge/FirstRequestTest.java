package com.openagents.runtime.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstRequestTest {

  private static final long MOMENT_MILLIS = 200;

  private final FirstRequest filter = new FirstRequest();
  private final AtomicInteger inside = new AtomicInteger();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);

  private final FilterChain slow =
      (_, _) -> {
        inside.incrementAndGet();
        entered.countDown();
        await(leave);
      };

  private final FilterChain quick = (_, _) -> inside.incrementAndGet();

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_second_request_waits_until_the_first_has_arrived() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(() -> pass(slow));
      await(entered);
      Future<?> second = threads.submit(() -> pass(quick));
      assertThat(new CountDownLatch(1).await(MOMENT_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(inside).hasValue(1);
      filter.arrived();
      second.get();
      assertThat(inside).hasValue(2);
      assertThat(first.state()).isEqualTo(Future.State.RUNNING);
      leave.countDown();
      first.get();
    }
  }

  @Test
  void a_first_request_that_arrives_nowhere_lets_the_others_pass_at_its_end() throws Exception {
    pass(quick);
    pass(quick);
    assertThat(inside).hasValue(2);
  }

  @SuppressWarnings("NullAway") // The filter hands request and response on, and looks at neither.
  private Void pass(FilterChain chain) throws Exception {
    filter.doFilter(null, null, chain);
    return null;
  }
}
