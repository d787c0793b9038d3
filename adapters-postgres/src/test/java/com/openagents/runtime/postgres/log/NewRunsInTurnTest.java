package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Batches that begin the same runs: there are no rows to lock first, so the keys themselves are
/// taken in one order, and no two batches wait for each other in a circle.
@Tag("scenario-9")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class NewRunsInTurnTest {

  private static final RunId LOW = runId(1);
  private static final RunId MIDDLE = runId(2);
  private static final RunId HIGH = runId(3);

  private final TestDatabase database;
  private final Session first;
  private final Session second;
  private final Session other;

  NewRunsInTurnTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    first = new Session(database);
    second = new Session(database);
    other = new Session(database);
  }

  @BeforeEach
  void the_thread_is_there() throws Exception {
    assertThat(first.append(Drafts.start(runId(9)))).isInstanceOf(Written.class);
  }

  @AfterEach
  void close() {
    List.of(first, second, other).forEach(Session::close);
  }

  @Test
  void batches_that_begin_the_same_runs_in_another_order_wait_in_turn() throws Exception {
    other.sql("begin");
    assertThat(other.append(Drafts.start(MIDDLE))).isInstanceOf(Written.class);

    waitInTurn(Drafts.start(HIGH), Drafts.start(MIDDLE), Drafts.start(LOW));
  }

  @Test
  void batches_whose_new_runs_have_first_frames_wait_in_turn() throws Exception {
    other.sql("begin");
    other.sql(
        "insert into runtime.frames (run_id, frame_id, digest, seq) values (?, 'f-1', '', 2)",
        MIDDLE.value());

    waitInTurn(withFrame(HIGH), withFrame(MIDDLE), withFrame(LOW));
  }

  @Test
  @Tag("G14")
  void of_the_owners_that_claim_a_thread_in_one_batch_the_first_gets_it() throws Exception {
    int threads = 20;
    List<Append> batch =
        IntStream.range(0, 100)
            .mapToObj(i -> claim(i, new ThreadId("new-" + (i * 7) % threads)))
            .toList();

    List<Appended> outcomes = first.appending(batch).get();

    assertThat(outcomes.subList(0, threads)).allMatch(Written.class::isInstance);
    assertThat(outcomes.subList(threads, 100))
        .allSatisfy(o -> assertThat(((Refused) o).why()).isEqualTo(Refusal.FOREIGN));
  }

  private static Append claim(int number, ThreadId thread) {
    return Drafts.start(runId(100 + number), Drafts.spec(thread, new Principal.User(1 + number)));
  }

  private static Append withFrame(RunId run) {
    return Drafts.start(run).with(Drafts.key(Drafts.frame("f-1", "hello")));
  }

  /// The first batch is stopped at the middle run, and the second comes from the other side.
  private void waitInTurn(Append high, Append middle, Append low) throws Exception {
    CompletableFuture<List<AppendRow>> firsts = first.appendingOnce(List.of(high, middle, low));
    first.awaitBlockedBy(other);
    CompletableFuture<List<AppendRow>> seconds = second.appendingOnce(List.of(low, high));
    second.awaitBlockedBy(first);

    other.sql("rollback");
    assertThat(firsts.get()).hasSize(3).allMatch(row -> row.refusal() == null);
    assertThatThrownBy(seconds::get)
        .as("it is made again, and finds the runs begun")
        .cause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
  }
}
