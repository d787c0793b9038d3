package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.CountingDataSource;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A fork is made beside those who work on its original, and those who look for it.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class ForksBesideOthersTest {

  private static final RunId RUN = runId(1);
  private static final RunId FORK = runId(2);
  private static final int LONG = 20_000;

  private final TestDatabase database;
  private final PostgresEventLog log;
  private final Session other;

  ForksBesideOthersTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    other = new Session(database);
  }

  @BeforeEach
  void an_original() {
    log.append(Drafts.start(RUN));
    log.append(Drafts.acquire(RUN, NODE));
    log.append(Drafts.frame(RUN, "f1", "hello"));
  }

  @AfterEach
  void close() {
    other.close();
  }

  @Test
  void what_is_copied_is_found_by_key() throws SQLException {
    String plan = PlansTest.plan(database.pools().executing(), ForkStatement.SQL);
    assertThat(plan).doesNotContain("Seq Scan on events", "Hash Join", "Merge Join", "LockRows");
    for (int partition = 0; partition < 8; partition++) {
      assertThat(plan).contains(" events_p" + partition + "_pkey");
    }
  }

  @Test
  void a_fork_does_not_wait_for_who_holds_its_original() {
    other.sql("begin");
    other.sql("select run_id from runtime.runs where run_id = ? for update", RUN.value());
    assertThat(log.append(Drafts.fork(RUN, 2, FORK))).isInstanceOf(Written.class);
  }

  @Test
  @Tag("G4")
  void an_id_that_another_is_about_to_take_is_waited_for_in_vain_and_nothing_is_copied() {
    other.sql("begin");
    other.sql(
        """
        insert into runtime.runs (run_id, last_seq, epoch, created_at, updated_at, recoveries,
          agent_version, thread_id, owner, agent, content, status)
        values (?, 1, 0, now(), now(), 0, 1, 't', 'user:1', 'echo', '', 'created')
        """,
        FORK.value());
    var counting = new CountingDataSource(database.pools().executing());
    var counted = new PostgresEventLog(counting.counted(), database.pools().serving());
    assertThatThrownBy(() -> counted.append(Drafts.fork(RUN, 2, FORK)))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(counting.statements()).isOne();
    other.sql("rollback");
    assertThat(rows()).containsExactly("0", "0", "0");
    assertThat(log.append(Drafts.fork(RUN, 2, FORK))).isInstanceOf(Written.class);
    assertThat(rows()).containsExactly("1", "3", "1");
  }

  private List<String> rows() {
    return database.sql(
        """
        select count(*) from runtime.runs where run_id = '%1$s' union all
        select count(*) from runtime.events where run_id = '%1$s' union all
        select count(*) from runtime.frames where run_id = '%1$s'
        """
            .formatted(FORK));
  }

  @Test
  @Tag("G1")
  void who_looks_while_a_long_fork_is_made_sees_all_of_it_or_nothing() {
    log.append(pieces());
    List<Boolean> whole =
        Race.of(
            8,
            racer -> {
              if (racer == 0) {
                return log.append(Drafts.fork(RUN, LONG, FORK)) instanceof Written;
              }
              long seen = 0;
              while (seen == 0) {
                seen = Long.parseLong(database.sql(count()).getFirst());
              }
              return seen == LONG + 1 && log.head(FORK).orElseThrow().lastSeq() == LONG + 1;
            });
    assertThat(whole).containsOnly(true);
  }

  private static String count() {
    return "select count(*) from runtime.events where run_id = '%s'".formatted(FORK);
  }

  private static Append pieces() {
    return Drafts.deltas(RUN, Precondition.executor(1), Collections.nCopies(LONG, "piece "));
  }
}
