package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.execution.Janitor;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.ConnectionSettings;
import com.openagents.runtime.postgres.CountingDataSource;
import com.openagents.runtime.postgres.PostgresPools;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Somebody locked the rows of a few runs by hand and left the transaction open: only those runs
/// stand still.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class HeldRunsTest {

  private static final int RUNS = 40;
  private static final Duration LOCK_WAIT = Duration.ofMillis(50);

  private final TestDatabase database;
  private final PostgresPools pools;
  private final PostgresEventLog log;
  private final PostgresEventLog heartbeats;
  private final Session holder;

  HeldRunsTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    ConnectionSettings usual = database.settings();
    pools =
        PostgresPools.open(
            new ConnectionSettings(
                usual.url(), usual.user(), usual.password(), Drafts.TTL, LOCK_WAIT, 4, 4, 4));
    log = new PostgresEventLog(pools.executing(), pools.serving());
    heartbeats = new PostgresEventLog(pools.heartbeats(), pools.serving());
    holder = new Session(database);
  }

  @BeforeEach
  void somebody_holds_two_of_many_runs() {
    log.append(runs().stream().map(Drafts::start).toList());
    log.append(runs().stream().map(run -> Drafts.acquire(run, NODE)).toList());
    holder.sql("begin");
    for (RunId held : List.of(runId(0), runId(1))) {
      holder.sql("select run_id from runtime.runs where run_id = ? for update", held.value());
    }
  }

  @AfterEach
  void close() {
    holder.close();
    pools.close();
  }

  @Test
  @Tag("scenario-6")
  void the_leases_of_the_others_are_renewed_and_theirs_are_not_judged() {
    List<Append> renewals = runs().stream().map(HeldRunsTest::renewal).toList();
    List<Appended> outcomes = heartbeats.append(renewals);
    assertThat(outcomes.subList(0, 2)).containsOnly(new Refused(Refusal.CONTENDED, 0, 0));
    assertThat(outcomes.subList(2, RUNS)).hasSize(RUNS - 2).allMatch(Written.class::isInstance);
    assertThat(heartbeats.append(renewal(runId(0))))
        .isEqualTo(new Refused(Refusal.CONTENDED, 0, 0));
    holder.sql("rollback");
    assertThat(heartbeats.append(renewals)).allMatch(Written.class::isInstance);
  }

  @Test
  @Tag("scenario-8")
  void the_others_are_recovered_and_they_are_once_they_are_let_go() {
    expire();
    holdAgain();
    var janitor = new Janitor(log, new PostgresRunIndex(pools.serving()), Limits.defaults());
    assertThat(janitor.sweep()).isEqualTo(RUNS - 2);
    assertThat(janitor.sweep()).isZero();
    holder.sql("rollback");
    assertThat(janitor.sweep()).isEqualTo(2);
  }

  @Test
  void the_writes_to_others_are_made_and_theirs_are_refused_by_name() throws Exception {
    try (var committer = new Committer(log, 2, 1_000, (_, _) -> {})) {
      List<String> told = Race.of(RUNS, run -> told(committer, run));
      assertThat(told.subList(0, 2))
          .containsExactly(
              "nothing was written to " + runId(0).value(),
              "nothing was written to " + runId(1).value());
      assertThat(told.subList(2, RUNS)).hasSize(RUNS - 2).containsOnly("written");
    }
  }

  @Test
  void of_one_batch_the_frames_of_others_are_taken() {
    List<Append> batch =
        IntStream.range(0, 30).mapToObj(i -> Drafts.frame(runId(i / 10), "f" + i, "text")).toList();
    assertThatThrownBy(() -> log.append(batch))
        .isInstanceOf(StoreUnavailable.class)
        .hasRootCauseMessage("another session of the database holds the run");
    assertThat(database.sql("select last_seq from runtime.runs order by run_id limit 3"))
        .containsExactly("1", "1", "11");
  }

  /// The second frame would be written before the first if it were let go between the two.
  @Test
  void what_a_batch_has_for_a_held_run_is_looked_at_once() {
    Append first = Drafts.frame(runId(0), "f1", "text");
    Append second = Drafts.frame(runId(0), "f2", "text");
    assertThat(statementsOf(List.of(first, second))).isEqualTo(statementsOf(List.of(first)));
  }

  @Test
  void frames_that_are_known_wait_once_for_all() {
    List<Append> known =
        IntStream.range(0, 30).mapToObj(i -> Drafts.frame(runId(2), "f" + i, "text")).toList();
    log.append(known);
    holder.sql("select run_id from runtime.runs where run_id = ? for update", runId(2).value());
    int lookUp = 1;
    int waiting = statementsOf(known.subList(0, 1));
    int notWaiting = waiting - 1;
    assertThat(statementsOf(known)).isEqualTo(lookUp + waiting + 29 * notWaiting);
  }

  private int statementsOf(List<Append> batch) {
    CountingDataSource counting = new CountingDataSource(pools.executing());
    EventLog counted = new PostgresEventLog(counting.counted(), pools.serving());
    try {
      assertThat(counted.append(batch)).allMatch(Appended.Duplicate.class::isInstance);
    } catch (StoreUnavailable held) {
      assertThat(held).hasRootCauseMessage("another session of the database holds the run");
    }
    return counting.statements();
  }

  @Test
  void of_one_batch_the_writes_to_others_are_made() {
    List<Append> batch = runs().stream().map(HeldRunsTest::piece).toList();
    assertThatThrownBy(() -> log.append(batch))
        .isInstanceOf(StoreUnavailable.class)
        .hasRootCauseMessage("another session of the database holds the run");
    assertThat(database.sql("select last_seq from runtime.runs order by run_id limit 3"))
        .containsExactly("1", "1", "2");
    assertThat(database.sql("select count(*) from runtime.runs where last_seq = 2"))
        .containsExactly(Integer.toString(RUNS - 2));
  }

  @Test
  @Tag("G4")
  void a_run_that_is_begun_again_while_it_is_held_is_refused_and_its_neighbour_begins() {
    List<Append> starts = List.of(Drafts.start(runId(0)), Drafts.start(runId(RUNS)));
    assertThatThrownBy(() -> log.append(starts)).isInstanceOf(StoreUnavailable.class);
    assertThat(log.head(runId(RUNS))).isPresent();
  }

  private void expire() {
    holder.sql("rollback");
    database.sql("update runtime.runs set lease_expires_at = clock_timestamp() - interval '1 s'");
  }

  private void holdAgain() {
    holder.sql("begin");
    holder.sql(
        "select run_id from runtime.runs where run_id in (?, ?) for update",
        runId(0).value(),
        runId(1).value());
  }

  private static List<RunId> runs() {
    return IntStream.range(0, RUNS).mapToObj(Drafts::runId).toList();
  }

  private static Append renewal(RunId run) {
    return Append.of(run, Precondition.executor(1).whenUncontended(), List.of())
        .with(new LeaseChange.Extend(Drafts.TTL));
  }

  private static Append piece(RunId run) {
    return deltas(run, Precondition.executor(1), "a piece");
  }

  private static String told(Committer committer, int run) {
    try {
      return committer.append(piece(runId(run))) instanceof Written ? "written" : "refused";
    } catch (StoreUnavailable e) {
      return String.valueOf(e.getMessage());
    }
  }
}
