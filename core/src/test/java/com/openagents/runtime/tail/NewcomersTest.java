package com.openagents.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.tail.OpeningReads.Bounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Readers come to a run that others follow, and the store is too busy to answer them.
@Tag("G6")
@Tag("scenario-18")
class NewcomersTest {

  private final EventLog store = new InMemoryStore(new VirtualTime(Instant.EPOCH)).log();
  private final HeldLog held = new HeldLog(store);
  private final GrowingRun run = new GrowingRun(store, 1);

  @Test
  void newcomers_who_wait_for_the_past_delay_nobody_who_is_there() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      OpeningReads opening = new OpeningReads(held, Bounds.DEFAULT, System::nanoTime);
      Tails tails = new Tails(store, opening, threads, 10);
      Reader present = new Reader();
      tails.subscribe(run.id(), 0, present);
      OpeningReadsTest.await(() -> present.got().size() == 1);
      held.hold();
      run.grow(50);
      tails.wake(run.id(), 51);
      List<Reader> newcomers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        newcomers.add(new Reader());
        tails.subscribe(run.id(), i, newcomers.getLast());
      }
      OpeningReadsTest.await(() -> held.reads() == 1);
      run.grow(1);
      tails.wake(run.id(), 52);
      OpeningReadsTest.await(() -> present.got().size() == 52);
      assertThat(newcomers).allMatch(reader -> reader.got().isEmpty());

      held.release();
      run.grow(1);
      tails.wake(run.id(), 53);
      OpeningReadsTest.await(() -> newcomers.stream().allMatch(NewcomersTest::hasAll));
      for (int i = 0; i < 30; i++) {
        assertThat(newcomers.get(i).got())
            .isEqualTo(LongStream.rangeClosed(i + 1, 53).boxed().toList());
      }
      assertThat(held.insideMost()).isOne();
    }
  }

  private static boolean hasAll(Reader reader) {
    return !reader.got().isEmpty() && reader.got().getLast() == 53;
  }
}
