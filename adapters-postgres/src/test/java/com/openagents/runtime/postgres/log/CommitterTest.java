package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.deltas;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// One writer, held up by a lock on the run of its first write, while others gather.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class CommitterTest {

  private static final Append NEVER_STORABLE =
      deltas(runId(2), Precondition.OPEN, "x")
          .with(new Wake.After(Duration.ofSeconds(Long.MAX_VALUE)));

  private final TestDatabase database;
  private final PostgresEventLog log;
  private final Session other;
  private final BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
  private Committer committer;

  CommitterTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    log.append(IntStream.range(0, 200).mapToObj(i -> Drafts.start(runId(i))).toList());
    committer = newCommitter(1_000);
    other = new Session(database);
  }

  private Committer newCommitter(int capacity) {
    return new Committer(log, 1, capacity, (writes, _) -> batches.add(writes));
  }

  @AfterEach
  void close() {
    other.close();
    committer.close();
  }

  @Test
  void a_caller_alone_writes_at_once() throws InterruptedException {
    assertThat(committer.append(piece(0))).isInstanceOf(Written.class);
    assertThat(committer.append(piece(1))).isInstanceOf(Written.class);
    assertThat(List.of(batches.take(), batches.take())).containsExactly(1, 1);
  }

  @Test
  void a_virtual_thread_leaves_its_write_to_a_committers_thread() throws Exception {
    var writers = new LinkedBlockingQueue<Thread>();
    committer.close();
    committer = new Committer(log, 1, 10, (_, _) -> writers.add(Thread.currentThread()));
    committer.append(piece(1));
    Thread.startVirtualThread(() -> committer.append(piece(0))).join();
    assertThat(writers.take()).isSameAs(Thread.currentThread());
    assertThat(writers.take().getName()).startsWith("committer-");
    assertThat(log.read(runId(0), 1, 10)).hasSize(1);
  }

  @Test
  void an_observer_that_fails_costs_no_writer_and_no_answer() throws Exception {
    committer.close();
    committer =
        new Committer(
            log,
            1,
            10,
            (_, _) -> {
              throw new IllegalStateException("no such counter");
            });
    assertThat(committer.append(piece(0))).isInstanceOf(Written.class);
    for (int run = 1; run <= 3; run++) {
      var answer = new CompletableFuture<Appended>();
      Append write = piece(run);
      Thread.startVirtualThread(() -> answer.complete(committer.append(write)));
      assertThat(answer.get(1, TimeUnit.MINUTES)).isInstanceOf(Written.class);
    }
  }

  @Test
  void what_gathers_behind_a_write_is_the_next_batch() throws Exception {
    var first = holdUpTheWriter();
    var gathered = gather(IntStream.range(1, 51).mapToObj(CommitterTest::piece).toList());
    other.sql("rollback");
    assertThat(first.get()).isInstanceOf(Written.class);
    assertThat(answers(gathered)).hasSize(50).allMatch(Written.class::isInstance);
    assertThat(List.of(batches.take(), batches.take())).containsExactly(1, 50);
  }

  @Test
  void no_batch_is_larger_than_a_statement_may_be() throws Exception {
    var first = holdUpTheWriter();
    var gathered = gather(IntStream.range(1, 181).mapToObj(CommitterTest::piece).toList());
    other.sql("rollback");
    assertThat(first.get()).isInstanceOf(Written.class);
    assertThat(answers(gathered)).hasSize(180).allMatch(Written.class::isInstance);
    assertThat(List.of(batches.take(), batches.take(), batches.take())).containsExactly(1, 128, 52);
  }

  @Test
  void writes_of_one_run_follow_each_other_and_hold_up_no_other_run() throws Exception {
    var first = holdUpTheWriter();
    var gathered = gather(List.of(piece(1), piece(1), piece(1), piece(2), piece(0)));
    other.sql("rollback");
    assertThat(first.get()).isInstanceOf(Written.class);
    assertThat(answers(gathered)).allMatch(Written.class::isInstance);
    assertThat(List.of(batches.take(), batches.take(), batches.take(), batches.take()))
        .containsExactly(1, 3, 1, 1);
    assertThat(log.read(runId(1), 0, 10)).hasSize(4);
  }

  @Test
  void a_write_that_cannot_be_stored_fails_alone() throws Exception {
    var first = holdUpTheWriter();
    var gathered = gather(IntStream.range(3, 30).mapToObj(CommitterTest::piece).toList());
    var impossible = gather(List.of(NEVER_STORABLE)).getFirst();
    other.sql("rollback");
    assertThat(first.get()).isInstanceOf(Written.class);
    assertThat(answers(gathered)).hasSize(27).allMatch(Written.class::isInstance);
    assertThatThrownBy(impossible::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnstorableWrite.class);
    assertThat(List.of(batches.take(), batches.take())).containsExactly(1, 28);
    assertThat(log.read(runId(2), 0, 10)).hasSize(1);
  }

  @Test
  void of_a_callers_own_batch_what_can_be_stored_is() {
    List<Append> batch = List.of(piece(1), NEVER_STORABLE, piece(3));
    assertThatThrownBy(() -> committer.append(batch)).isInstanceOf(UnstorableWrite.class);
    assertThat(log.read(runId(1), 1, 10)).hasSize(1);
    assertThat(log.read(runId(2), 1, 10)).isEmpty();
    assertThat(log.read(runId(3), 1, 10)).hasSize(1);
  }

  @Test
  void shutting_down_writes_what_was_admitted_and_refuses_what_comes_later() throws Exception {
    var first = holdUpTheWriter();
    var gathered = gather(IntStream.range(1, 21).mapToObj(CommitterTest::piece).toList());
    var closing = CompletableFuture.runAsync(committer::close);
    while (!refuses(piece(100))) {
      Thread.onSpinWait();
    }
    other.sql("rollback");
    closing.get();
    assertThat(first.get()).isInstanceOf(Written.class);
    assertThat(answers(gathered)).hasSize(20).allMatch(Written.class::isInstance);
  }

  @Test
  void callers_wait_when_too_many_wait_already() throws Exception {
    committer.close();
    committer = newCommitter(5);
    var first = holdUpTheWriter();
    var gathered = gather(IntStream.range(1, 16).mapToObj(CommitterTest::piece).toList());
    other.sql("rollback");
    assertThat(first.get()).isInstanceOf(Written.class);
    assertThat(answers(gathered)).hasSize(15).allMatch(Written.class::isInstance);
    assertThat(List.of(batches.take(), batches.take())).containsExactly(1, 5);
  }

  private boolean refuses(Append write) {
    return gather(List.of(write)).getFirst().isCompletedExceptionally();
  }

  /// Lets a write begin that waits for the lock of another session.
  private CompletableFuture<Appended> holdUpTheWriter() {
    other.sql("begin");
    other.sql("select run_id from runtime.runs where run_id = ? for update", runId(0).value());
    var first = new CompletableFuture<Appended>();
    callerOf(piece(0), first).start();
    other.awaitBlocksSomebody();
    return first;
  }

  /// Lets each write have a caller, in order, and returns when all of them wait.
  private List<CompletableFuture<Appended>> gather(List<Append> writes) {
    List<CompletableFuture<Appended>> answers = new ArrayList<>();
    for (Append write : writes) {
      var answer = new CompletableFuture<Appended>();
      answers.add(answer);
      Thread caller = callerOf(write, answer);
      caller.start();
      awaitStill(caller);
    }
    return answers;
  }

  private Thread callerOf(Append write, CompletableFuture<Appended> answer) {
    return Thread.ofPlatform()
        .unstarted(() -> {
          try {
            answer.complete(committer.append(write));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
  }

  /// Waits until a thread waits itself, or has ended.
  private static void awaitStill(Thread thread) {
    while (true) {
      switch (thread.getState()) {
        case WAITING, TERMINATED -> {
          return;
        }
        default -> Thread.onSpinWait();
      }
    }
  }

  private static List<Appended> answers(List<CompletableFuture<Appended>> answers) {
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static Append piece(int run) {
    return deltas(runId(run), Precondition.OPEN, "a piece");
  }
}
