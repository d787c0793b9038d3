package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.log.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final Duration NEVER = Duration.ofDays(1);

  private final AtomicInteger count = new AtomicInteger();
  private final LinkedBlockingQueue<Integer> done = new LinkedBlockingQueue<>();

  private void next(int round) throws InterruptedException {
    assertThat(done.poll(60, TimeUnit.SECONDS)).isEqualTo(round);
  }

  @Test
  void a_round_that_fails_is_followed_by_the_next() throws Exception {
    try (Rounds _ = Rounds.every(Duration.ofMillis(1), "failing", this::fail)) {
      next(1);
      next(2);
      next(3);
      next(4);
    }
  }

  private void fail() {
    int round = count.incrementAndGet();
    done.add(round);
    if (round == 1) {
      throw new StoreUnavailable("away", new IOException("gone"));
    }
    if (round == 2) {
      throw new NullPointerException("a mistake");
    }
    throw new NoClassDefFoundError("whose file was replaced");
  }

  @Test
  void a_round_asked_for_is_done_at_once_however_often_that_was_before() throws Exception {
    try (Rounds rounds = Rounds.every(NEVER, "asked", () -> done.add(count.incrementAndGet()))) {
      next(1);
      rounds.soon();
      next(2);
      rounds.soon();
      next(3);
    }
  }

  @Test
  void a_round_asked_for_within_another_is_done_after_it() throws Exception {
    CompletableFuture<Rounds> self = new CompletableFuture<>();
    Runnable round =
        () -> {
          int number = count.incrementAndGet();
          if (number == 2) {
            self.join().soon();
          }
          done.add(number);
        };
    try (Rounds rounds = Rounds.every(NEVER, "nested", round)) {
      self.complete(rounds);
      next(1);
      rounds.soon();
      next(2);
      next(3);
    }
  }
}
