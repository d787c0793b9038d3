package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Checkpoints.Checkpoint;
import com.openagents.runtime.log.DerivedRun;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.generate.Seeds;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rows beside the logs can be lost, and come back from the logs byte for byte.
@Tag("G1")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class RebuildTest {

  private static final int RUNS = 120;

  /// Every column but the lease and `updated_at`; of what is due it counts that it is.
  private static final String RUN_ROWS =
      """
      select (to_jsonb(r) - '{epoch,lease_owner,lease_expires_at,updated_at}'::text[]
        || jsonb_build_object('wake_at',
          case when wake_at <= clock_timestamp() then 'due' else wake_at::text end))::text
      from runtime.runs r order by run_id
      """;

  private static final List<Event.Known> LIFE =
      List.of(new RunStarted(Drafts.NODE), new RunCompleted());

  private static final String LOSE = "truncate runtime.runs, runtime.frames, runtime.threads";

  private final TestDatabase database;
  private final DataSource dataSource;
  private final PostgresEventLog log;
  private final Rebuild rebuild;

  RebuildTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    dataSource = database.pools().serving();
    log = new PostgresEventLog(database.pools().executing(), dataSource);
    rebuild = new Rebuild(dataSource);
  }

  private void live() {
    for (int number = 0; number < RUNS; number++) {
      RandomLife.live(log, number, Seeds.random(number));
    }
  }

  private List<String> derived() {
    List<String> rows = new ArrayList<>(database.sql(RUN_ROWS));
    rows.addAll(database.sql("select f::text from runtime.frames f order by run_id, frame_id"));
    rows.addAll(database.sql("select t::text from runtime.threads t order by thread_id"));
    return rows;
  }

  @Test
  void rows_that_were_lost_come_back_byte_for_byte() {
    live();
    List<String> before = derived();
    assertThat(before).hasSizeGreaterThan(2 * RUNS);
    assertThat(database.sql("select distinct status from runtime.runs")).hasSize(7);
    database.sql(LOSE);
    assertThat(rebuild.run(null, _ -> {})).isEmpty();
    assertThat(derived()).isEqualTo(before);
  }

  @Test
  void the_rows_of_forks_come_back_too() {
    live();
    for (int number = 0; number < RUNS; number++) {
      RunHead head = log.head(runId(number)).orElseThrow();
      RunId forked = runId(RUNS + number);
      RunSpec spec = Drafts.spec(new ThreadId("thread-of-" + forked), head.owner());
      Append fork = Drafts.fork(head.runId(), 1 + head.lastSeq() / 2, forked, spec);
      assertThat(log.append(fork)).isInstanceOf(Appended.Written.class);
    }
    List<String> before = derived();
    database.sql(LOSE);
    assertThat(rebuild.run(null, _ -> {})).isEmpty();
    assertThat(derived()).isEqualTo(before);
  }

  @Test
  void rows_that_were_spoiled_are_written_over() {
    live();
    List<String> before = derived();
    database.sql("update runtime.runs set status = 'failed', owner = 'user:77', last_seq = 1");
    database.sql("update runtime.frames set digest = ''");
    database.sql("insert into runtime.frames values (?, 'never sent', '', 1)", runId(3).value());
    database.sql("update runtime.threads set owner = 'user:77'");
    assertThat(rebuild.run(null, _ -> {})).isEmpty();
    assertThat(derived()).isEqualTo(before);
  }

  @Test
  void no_former_executor_writes_after_a_rebuild() {
    log.append(Drafts.start(runId(1)));
    log.append(Drafts.acquire(runId(1), Drafts.NODE));
    log.append(Drafts.deltas(runId(1), Precondition.executor(1), "one"));
    long quiet = acquired(2);
    database.sql("delete from runtime.runs where run_id = ?", runId(1).value());
    rebuild.run(null, _ -> {});
    assertThat(database.sql("select epoch from runtime.runs order by run_id"))
        .containsExactly(String.valueOf(1 + DerivedRun.UNTOLD_EPOCHS), String.valueOf(quiet + 1));
    assertFenced(runId(1), 1);
    assertFenced(runId(2), quiet);
    assertThat(log.append(Drafts.acquire(runId(1), Drafts.OTHER_NODE)))
        .isInstanceOf(Appended.Written.class);
    assertFenced(runId(1), 1);
  }

  @Test
  @Tag("G3")
  void no_executor_of_which_the_log_does_not_tell_writes_after_a_rebuild() {
    long first = acquired(1);
    log.append(
        Append.of(runId(1), Precondition.executor(first), List.of()).with(LeaseChange.RELEASE));
    log.append(Drafts.acquire(runId(1), Drafts.NODE));
    database.sql(LOSE);
    rebuild.run(null, _ -> {});
    log.append(Drafts.acquire(runId(1), Drafts.OTHER_NODE));
    assertFenced(runId(1), first + 1);
  }

  /// Acquires, leaving no trace in the log.
  private long acquired(int number) {
    log.append(Drafts.start(runId(number)));
    return log.append(Drafts.acquire(runId(number), Drafts.NODE)) instanceof Appended.Written w
        ? w.epoch()
        : 0;
  }

  private void assertFenced(RunId runId, long epoch) {
    Append late = Drafts.deltas(runId, Precondition.executor(epoch), "late");
    assertThat(log.append(late))
        .isInstanceOfSatisfying(
            Appended.Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.FENCED));
  }

  @Test
  void repeated_writes_are_known_after_a_rebuild() {
    log.append(Drafts.start(runId(1)));
    log.append(Drafts.frame(runId(1), "f-1", "hello"));
    database.sql(LOSE);
    rebuild.run(null, _ -> {});
    assertThat(log.append(Drafts.start(runId(1)))).isInstanceOf(Appended.Duplicate.class);
    assertThat(log.append(Drafts.frame(runId(1), "f-1", "hello")))
        .isInstanceOf(Appended.Duplicate.class);
    assertThat(log.append(Drafts.frame(runId(1), "f-1", "other")))
        .isInstanceOfSatisfying(
            Appended.Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.CONFLICT));
  }

  @Test
  void sealed_runs_stay_sealed_and_checkpoints_are_dropped() {
    log.append(Drafts.start(runId(1)));
    log.append(Drafts.acquire(runId(1), Drafts.NODE));
    log.append(Drafts.complete(runId(1), 1).with(LIFE));
    database.sql(
        "insert into runtime.seals values (?, 2, 2, '', 'key', 'signature', now())",
        runId(1).value());
    new PostgresCheckpoints(dataSource)
        .save(runId(1), new Checkpoint(1, 1, Digest.ofText("x"), "x"));
    database.sql(LOSE);
    rebuild.run(null, _ -> {});
    assertThat(database.sql("select sealed from runtime.runs")).containsExactly("t");
    assertThat(database.sql("select run_id from runtime.checkpoints")).isEmpty();
  }

  @Test
  void a_rebuild_that_was_stopped_goes_on_behind_its_last_run() {
    live();
    List<String> before = derived();
    database.sql(LOSE);
    assertThatThrownBy(() -> rebuild.run(null, RebuildTest::stopsAtFifty))
        .hasMessage("stopped at " + runId(49));
    assertThat(database.sql("select count(*) from runtime.runs")).containsExactly("50");
    List<Rebuild.Progress> told = new ArrayList<>();
    rebuild.run(runId(49), told::add);
    assertThat(told).hasSize(RUNS - 50);
    assertThat(told.getLast()).isEqualTo(new Rebuild.Progress(runId(RUNS - 1), RUNS - 50));
    assertThat(derived()).isEqualTo(before);
  }

  private static void stopsAtFifty(Rebuild.Progress progress) {
    if (progress.rebuilt() == 50) {
      throw new UnsupportedOperationException("stopped at " + progress.last());
    }
  }

  @Test
  void only_nodes_that_were_seen_lately_are_alive() {
    database.sql(
        """
        insert into runtime.nodes
        select node, 'test', 0, now(), clock_timestamp() - age::interval
        from (values ('node-a', '50 s'), ('node-b', '70 s')) as n(node, age)
        """);
    assertThat(rebuild.nodesAlive()).containsExactly(Drafts.NODE);
  }

  @Test
  void a_damaged_log_is_named_and_keeps_no_other_from_its_rows() {
    for (int number = 1; number <= 3; number++) {
      log.append(Drafts.start(runId(number)));
    }
    database.sql(
        "update runtime.events set payload = '{}' where run_id = ? and seq = 1", runId(2).value());
    database.sql(LOSE);
    assertThat(rebuild.run(null, _ -> {}))
        .singleElement()
        .satisfies(left -> {
          assertThat(left.runId()).isEqualTo(runId(2));
          assertThat(left.why()).contains("is damaged");
        });
    assertThat(database.sql("select run_id from runtime.runs order by run_id"))
        .containsExactly(runId(1).toString(), runId(3).toString());
  }

  @Test
  void a_floor_that_is_known_does_not_go_back() {
    log.append(Drafts.start(runId(1)));
    log.append(write(new MessageStarted("1.1.1.1")));
    log.append(Drafts.deltas(runId(1), Precondition.OPEN, "one", "two"));
    log.append(write(Drafts.said("onetwo")));
    database.sql("update runtime.runs set floor = 5");
    assertThat(rebuild.run(null, _ -> {})).isEmpty();
    assertThat(database.sql("select floor from runtime.runs")).containsExactly("5");
    database.sql("delete from runtime.events where seq = 3");
    assertThat(rebuild.run(null, _ -> {})).isEmpty();
    database.sql(LOSE);
    assertThat(rebuild.run(null, _ -> {})).isEmpty();
    assertThat(database.sql("select floor from runtime.runs")).containsExactly("3");
  }

  private static Append write(Event.Known event) {
    return Append.of(runId(1), Precondition.OPEN, List.of(event));
  }

  @Test
  void a_log_that_lost_events_takes_nothing_from_its_rows() {
    log.append(Drafts.start(runId(1)));
    log.append(write(new MessageStarted("1.1.1.1")));
    log.append(Drafts.deltas(runId(1), Precondition.OPEN, "one"));
    log.append(write(Drafts.said("one")));
    log.append(Drafts.frame(runId(1), "f-1", "hello"));
    log.append(Drafts.frame(runId(1), "f-2", "hello"));
    List<String> before = derived();
    assertLeft("delete from runtime.events where seq = 6", "events 6 to 6 ");
    assertLeft("delete from runtime.events where seq = 3", "events 3 to 3 ");
    assertLeft("update runtime.runs set floor = 4", "events 6 to 6 ");
    database.sql("update runtime.runs set floor = 0");
    assertThat(derived()).isEqualTo(before);
  }

  @Test
  void a_frame_that_the_log_lost_is_not_taken_for_text_that_aged_out() {
    log.append(Drafts.start(runId(1)));
    log.append(Drafts.frame(runId(1), "f-1", "hello"));
    log.append(Drafts.frame(runId(1), "f-2", "hello"));
    database.sql(LOSE);
    assertLeft("delete from runtime.events where seq = 2", "events 2 to 2 ");
    assertThat(derived()).isEmpty();
  }

  private void assertLeft(String loss, String why) {
    database.sql(loss);
    assertThat(rebuild.run(null, _ -> {}))
        .singleElement()
        .satisfies(left -> {
          assertThat(left.runId()).isEqualTo(runId(1));
          assertThat(left.why()).startsWith(why);
        });
  }
}
