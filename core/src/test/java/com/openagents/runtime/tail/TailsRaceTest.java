package com.openagents.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.stream.Published;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Readers come at any time while a run grows, each on a thread of its own.
@Tag("G6")
class TailsRaceTest {

  private static final int EVENTS = 3_000;
  private static final int READERS = 40;

  private final EventLog log = new InMemoryStore(new VirtualTime(Instant.EPOCH)).log();
  private final GrowingRun run = new GrowingRun(log, 1);

  @Test
  void every_reader_gets_every_event_once_and_in_order() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(READERS);
    List<Following> readers = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Tails tails =
          new Tails(
              log,
              new OpeningReads(log, OpeningReads.Bounds.DEFAULT, System::nanoTime),
              threads,
              16);
      for (int i = 0; i < READERS; i++) {
        Random random = new Random(i);
        threads.execute(() -> {
          long after = random.nextLong(Math.min(EVENTS, run.head().lastSeq()) + 1);
          Following reader = new Following(after, arrived);
          readers.add(reader);
          tails.subscribe(run.id(), after, reader);
        });
      }
      for (int i = 0; i < EVENTS; i++) {
        if (i % 3 == 0) {
          run.grow(1);
          tails.wake(run.id(), i + 2L);
        } else {
          run.grow(1, tails);
        }
      }
      assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(readers)
        .hasSize(READERS)
        .allSatisfy(reader ->
            assertThat(reader.got)
                .isEqualTo(LongStream.rangeClosed(reader.after + 1, EVENTS + 1L).boxed().toList()));
  }

  /// A listener without a lock of its own: the tail must call it by one thread at a time.
  private static final class Following implements Listener {
    private final long after;
    private final CountDownLatch arrived;
    private final List<Long> got = new ArrayList<>();

    Following(long after, CountDownLatch arrived) {
      this.after = after;
      this.arrived = arrived;
    }

    @Override
    public Reception next(Published event) {
      got.add(event.envelope().seq());
      if (event.envelope().seq() <= EVENTS) {
        return Reception.TAKEN;
      }
      arrived.countDown();
      return Reception.DONE;
    }

    @Override
    public void failed(RuntimeException cause) {
      throw new AssertionError(cause);
    }
  }
}
