package com.openagents.runtime.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.log.ChangeFeed.Changes;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGStatement;

/// How the server goes about the statements that run all the time, as its tables grow.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class PlansTest {

  private static final Pattern PARAMETER = Pattern.compile("\\?");

  private static final String RUNS =
      """
      insert into runtime.runs (
        run_id, thread_id, owner, agent, agent_version, content, status, recoveries, epoch,
        last_seq, created_at, updated_at
      )
      select gen_random_uuid(), 'thread-' || n, 'user:1', 'echo', 1, sha256('request'), 'created',
        0, 0, 10, now(), now()
      from generate_series(1, ?) n
      """;

  private static final String EVENTS =
      """
      insert into runtime.events (run_id, seq, occurred_at, version, type, payload)
      select run_id, seq, now(), 1, 'message.delta', '{}'
      from runtime.runs cross join generate_series(1, 10) seq
      """;

  private final TestDatabase database;

  PlansTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
  }

  @Test
  void rows_are_found_by_key_in_empty_tables() throws SQLException {
    database.sql("analyze runtime.runs, runtime.events, runtime.frames, runtime.threads");
    assertPlansFindByKey();
  }

  @Test
  void rows_are_found_by_key_in_small_tables() throws SQLException {
    fill(20);
    assertPlansFindByKey();
  }

  @Test
  void rows_are_found_by_key_in_large_tables() throws SQLException {
    fill(20_000);
    assertPlansFindByKey();
  }

  private void fill(int runs) {
    database.sql(RUNS, runs);
    database.sql(EVENTS);
    database.sql("analyze runtime.runs, runtime.events, runtime.frames, runtime.threads");
  }

  private void assertPlansFindByKey() throws SQLException {
    DataSource executing = database.pools().executing();
    for (RowLock lock : RowLock.values()) {
      assertPlansFindByKey(executing, lock);
    }
  }

  private static void assertPlansFindByKey(DataSource executing, RowLock lock) throws SQLException {
    String many = plan(executing, lock.many());
    assertThat(many).contains("LockRows").contains("using runs_pkey on runs r");
    String one = plan(executing, lock.one());
    assertThat(one).contains("LockRows").contains("using runs_pkey on runs");
    assertThat(many)
        .contains("Index Cond: (thread_id = s.thread_id)")
        .contains("using runs_pkey on runs r_1");
    assertThat(List.of(many, one))
        .allSatisfy(plan -> assertThat(plan).doesNotContain("Seq Scan", "Hash Join", "Merge Join"));
    assertThat(List.of(many, one))
        .allSatisfy(plan -> assertThat(plan).doesNotContain("runs_by", "runs_due", "runs_held"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 5_000})
  void a_conversation_is_found_without_the_pieces_between(int runs) throws SQLException {
    fill(runs);
    String plan = plan(database.pools().serving(), PostgresThreadLog.CONVERSATION);
    assertThat(plan).contains("runs_by_thread", "Index Only Scan using frames_pkey");
    assertThat(plan).doesNotContain("Seq Scan", "_xid_", "Hash Join", "Merge Join");
    for (int partition = 0; partition < 8; partition++) {
      assertThat(plan).contains("using events_p" + partition + "_run_id_seq_idx");
      assertThat(plan).contains("using events_p" + partition + "_pkey");
      assertThat(plan).contains("Index Cond: ((run_id = runs.run_id) AND (seq = f.seq))");
    }
  }

  @Test
  void the_run_that_goes_on_is_found_without_those_of_its_thread_that_have_ended()
      throws SQLException {
    fill(5_000);
    database.sql("update runtime.runs set thread_id = 'thread-1', ended_at = now()");
    database.sql(RUNS, 1);
    database.sql("analyze runtime.runs");
    String plan = plan(database.pools().serving(), PostgresRunIndex.ACTIVE);
    assertThat(plan).contains("using runs_open_by_thread").doesNotContain("Seq Scan");
  }

  /// Their order is that of the index, for to sort a page costs a fifth of it.
  @ParameterizedTest
  @ValueSource(ints = {0, 20, 5_000})
  void a_page_of_many_logs_is_not_sorted(int runs) throws SQLException {
    fill(runs);
    String plan = plan(database.pools().projecting(), PostgresLogScan.READ);
    assertThat(plan).contains("Nested Loop", "Function Scan on f", "Merge Append");
    assertThat(plan).doesNotContain("Seq Scan", "Bitmap", "Incremental Sort", "->  Sort");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 5_000})
  void runs_to_seal_are_found_by_key(int runs) throws SQLException {
    fill(runs);
    String plan = plan(database.pools().executing(), PostgresSeals.SAVE);
    assertThat(plan).contains("LockRows").contains("using runs_pkey on runs r");
    assertThat(plan).doesNotContain("Seq Scan", "Hash Join", "Merge Join");
  }

  @Test
  void pieces_and_frames_add_nothing_to_the_index_of_what_was_spoken() {
    fill(5_000);
    assertThat(
            database.sql(
                """
                select count(*) from pg_stat_user_indexes
                where indexrelname like 'events_p%_run_id_seq_idx'
                  and pg_relation_size(indexrelid) = current_setting('block_size')::int
                """))
        .containsExactly("8");
  }

  /// A gap of 200,000 events costs a look no more than the part that it tells.
  @Test
  void a_part_of_a_long_gap_is_found_by_transaction() throws SQLException {
    fill(20_000);
    database.sql(
        "update runtime.events set xid = (abs(hashtext(run_id::text)) % 500 + 3)::text::xid8");
    database.sql("analyze runtime.events");
    var feed = new PostgresChangeFeed(database.pools().serving());
    Changes part = feed.since(new Position("1:1:"), 1_000);
    assertThat(part.more()).isTrue();
    assertThat(part.changes()).hasSizeBetween(1, 500);
    try (Connection connection = database.pools().serving().getConnection();
        var statement = connection.prepareStatement("explain " + PostgresChangeFeed.OLDEST)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      PostgresChangeFeed.bindOldest(statement, Snapshot.OF_NOTHING, 1_000);
      var plan = new StringBuilder();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          plan.append(result.getString(1)).append('\n');
        }
      }
      assertThat(plan).contains("Merge Append", "_xid_idx").doesNotContain("Seq Scan", "pkey");
    }
  }

  @Test
  void changes_are_found_by_transaction() throws SQLException {
    fill(5_000);
    try (Connection connection = database.pools().serving().getConnection();
        var statement = connection.prepareStatement("explain " + PostgresChangeFeed.SINCE)) {
      String now = TestDatabase.sql(connection, "select pg_current_snapshot()").getFirst();
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      PostgresChangeFeed.bind(statement, Snapshot.parse(now));
      var plan = new StringBuilder();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          plan.append(result.getString(1)).append('\n');
        }
      }
      assertThat(plan).doesNotContain("Seq Scan").doesNotContain("pkey");
      for (int partition = 0; partition < 8; partition++) {
        assertThat(plan).contains("events_p" + partition + "_xid_idx");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 5_000})
  void what_aged_out_is_found_by_key(int runs) throws SQLException {
    fill(runs);
    database.sql(
        """
        insert into runtime.aged_ranges
        select run_id, 2, 9, 1, '', 'key', '', now() from runtime.runs
        """);
    database.sql("analyze runtime.aged_ranges");
    String plan = plan(database.pools().rounds(), PostgresAgeing.REMOVE.replace("{0}", "?::int"));
    assertThat(plan).contains("aged_ranges_left", "Index Cond: ((run_id = t.run_id)");
    assertThat(plan).doesNotContain("Seq Scan on events");
  }

  /// The plan that is made without looking at parameters, as the pool's connections make it.
  static String plan(DataSource pool, String sql) throws SQLException {
    int parameters = (int) PARAMETER.matcher(sql).results().count();
    try (Connection connection = pool.getConnection()) {
      TestDatabase.sql(connection, "set plan_cache_mode = force_generic_plan");
      TestDatabase.sql(connection, "prepare planned as " + numbered(sql));
      String values = String.join(", ", Collections.nCopies(parameters, "null"));
      List<String> plan = TestDatabase.sql(connection, "explain execute planned(" + values + ")");
      TestDatabase.sql(connection, "deallocate planned");
      return String.join("\n", plan);
    }
  }

  private static String numbered(String sql) {
    var numbered = new StringBuilder();
    Matcher parameter = PARAMETER.matcher(sql);
    for (int i = 1; parameter.find(); i++) {
      parameter.appendReplacement(numbered, "\\$" + i);
    }
    return parameter.appendTail(numbered).toString();
  }
}
