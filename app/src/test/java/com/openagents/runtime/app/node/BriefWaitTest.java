package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A caller is not kept waiting by work that hangs, and work that hangs does not pile up.
class BriefWaitTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void stop() {
    end.countDown();
    executor.close();
  }

  private Optional<String> hang() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.of("too late");
  }

  @Test
  void work_that_is_done_in_time_answers() {
    assertThat(new BriefWait(executor, LONG, 1).within(() -> Optional.of("done"))).contains("done");
  }

  @Test
  void work_that_hangs_is_answered_for_by_nothing() {
    assertThat(new BriefWait(executor, SHORT, 1).within(this::hang)).isEmpty();
  }

  @Test
  void nothing_is_begun_while_too_much_hangs() {
    BriefWait wait = new BriefWait(executor, SHORT, 1);
    assertThat(wait.within(this::hang)).isEmpty();
    boolean[] begun = {false};
    assertThat(
            wait.within(() -> {
              begun[0] = true;
              return Optional.of("done");
            }))
        .isEmpty();
    assertThat(begun[0]).isFalse();
  }

  @Test
  void work_that_fails_gives_its_place_back() {
    BriefWait wait = new BriefWait(executor, LONG, 1);
    assertThatThrownBy(() ->
            wait.within(() -> {
              throw new IllegalStateException("broken");
            }))
        .hasRootCauseMessage("broken");
    assertThat(wait.within(() -> Optional.of("done"))).contains("done");
  }
}
