package com.openagents.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.log.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private static final int TOGETHER = 10;

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final LinkedBlockingQueue<Round> begun = new LinkedBlockingQueue<>();
  private final Gathering<Integer, Integer> gathering = new Gathering<>(TOGETHER, this::round);

  /// A round that goes on until the test ends it.
  private record Round(List<Integer> asked, CompletableFuture<Boolean> end) {}

  private List<Integer> round(List<Integer> asked) {
    Round round = new Round(asked, new CompletableFuture<>());
    begun.add(round);
    if (!round.end().join()) {
      throw new IllegalStateException("spoiled");
    }
    return asked.stream().map(number -> number * 2).toList();
  }

  @AfterEach
  void end() {
    callers.close();
  }

  private Future<Integer> call(int number) {
    return callers.submit(() -> gathering.call(number));
  }

  /// Callers who have come while a round is under way.
  private List<Future<Integer>> waiting(int from, int to) {
    List<Future<Integer>> calls = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      calls.add(call(number));
      int expected = number - from + 1;
      while (gathering.waiting() < expected) {
        Thread.onSpinWait();
      }
    }
    return calls;
  }

  @Test
  void a_caller_who_is_alone_waits_for_nobody() throws Exception {
    Future<Integer> call = call(4);
    Round round = begun.take();
    assertThat(round.asked()).containsExactly(4);
    round.end().complete(true);
    assertThat(call.get()).isEqualTo(8);
  }

  @Test
  void all_who_come_during_a_round_share_the_next() throws Exception {
    Future<Integer> first = call(0);
    Round alone = begun.take();
    List<Future<Integer>> others = waiting(1, 5);
    alone.end().complete(true);
    Round shared = begun.take();
    assertThat(shared.asked()).containsExactly(1, 2, 3, 4, 5);
    shared.end().complete(true);
    assertThat(first.get()).isZero();
    for (int i = 0; i < others.size(); i++) {
      assertThat(others.get(i).get()).isEqualTo(2 * (i + 1));
    }
    assertThat(begun).isEmpty();
  }

  @Test
  void a_round_takes_no_more_than_its_bound_and_the_rest_have_the_next() throws Exception {
    var _ = call(0);
    Round alone = begun.take();
    List<Future<Integer>> others = waiting(1, TOGETHER + 1);
    alone.end().complete(true);
    Round full = begun.take();
    assertThat(full.asked()).hasSize(TOGETHER);
    full.end().complete(true);
    Round rest = begun.take();
    assertThat(rest.asked()).containsExactly(TOGETHER + 1);
    rest.end().complete(true);
    assertThat(others.getLast().get()).isEqualTo(2 * (TOGETHER + 1));
  }

  @Test
  void a_round_that_fails_fails_those_who_share_it_alone() throws Exception {
    Future<Integer> first = call(0);
    Round alone = begun.take();
    List<Future<Integer>> others = waiting(1, 2);
    alone.end().complete(false);
    Round shared = begun.take();
    List<Future<Integer>> last = waiting(3, 3);
    shared.end().complete(false);
    begun.take().end().complete(true);
    assertThatThrownBy(first::get).hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(others.getFirst()::get).hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(others.getLast()::get).hasCauseInstanceOf(StoreUnavailable.class);
    assertThat(last.getFirst().get()).isEqualTo(6);
  }

  @Test
  void an_interrupted_caller_does_not_stop_those_behind_it() throws Exception {
    var _ = call(0);
    Round alone = begun.take();
    CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    Thread interrupted =
        Thread.startVirtualThread(() -> {
          gathering.call(1);
          stillInterrupted.complete(Thread.currentThread().isInterrupted());
        });
    while (gathering.waiting() < 1) {
      Thread.onSpinWait();
    }
    interrupted.interrupt();
    Future<Integer> behind = call(2);
    while (gathering.waiting() < 2) {
      Thread.onSpinWait();
    }
    alone.end().complete(true);
    begun.take().end().complete(true);
    assertThat(behind.get()).isEqualTo(4);
    assertThat(stillInterrupted.get()).isTrue();
  }

  @Test
  void everybody_gets_the_answer_to_what_was_asked()
      throws ExecutionException, InterruptedException {
    Queue<Integer> rounds = new ConcurrentLinkedQueue<>();
    Gathering<Integer, Integer> real =
        new Gathering<>(
            TOGETHER,
            asked -> {
              rounds.add(asked.size());
              return asked.stream().map(number -> number * 2).toList();
            });
    List<Future<Integer>> calls =
        IntStream.range(0, 5_000).mapToObj(i -> callers.submit(() -> real.call(i))).toList();
    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i).get()).isEqualTo(2 * i);
    }
    assertThat(rounds.stream().mapToInt(Integer::intValue).sum()).isEqualTo(5_000);
  }
}
