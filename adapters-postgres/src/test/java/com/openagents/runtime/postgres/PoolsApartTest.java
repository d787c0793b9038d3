package com.openagents.runtime.postgres;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunIndex.Query;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.log.PostgresEventLog;
import com.openagents.runtime.postgres.log.PostgresRunIndex;
import com.openagents.runtime.testkit.Drafts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class PoolsApartTest {

  private static final RunId RUN = runId(1);
  private static final Duration LEASE_TTL = Duration.ofSeconds(6);

  private final TestDatabase database;
  private final PostgresPools pools;
  private final List<Connection> taken = new ArrayList<>();

  PoolsApartTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    pools =
        PostgresPools.open(
            new ConnectionSettings(database.url(), "postgres", "", LEASE_TTL, LEASE_TTL, 2, 2, 2));
  }

  @AfterEach
  void close() throws SQLException {
    for (Connection connection : taken) {
      connection.close();
    }
    pools.close();
  }

  @Test
  @Tag("G3")
  @Tag("scenario-6")
  void a_lease_is_renewed_while_every_other_connection_is_taken() throws SQLException {
    var log = new PostgresEventLog(pools.executing(), pools.serving());
    log.append(Drafts.start(RUN));
    log.append(Drafts.acquire(RUN, NODE));
    exhaust(pools.executing(), 2);
    exhaust(pools.serving(), 2);
    var heartbeatLog = new PostgresEventLog(pools.heartbeats(), pools.serving());
    Append renewal =
        Append.of(RUN, Precondition.executor(1), List.of())
            .with(new LeaseChange.Extend(Duration.ofMinutes(1)));
    assertThat(heartbeatLog.append(List.of(renewal))).allMatch(Written.class::isInstance);
  }

  @Test
  @Tag("scenario-23")
  void whoever_gets_no_connection_in_time_is_told_that_the_store_is_unavailable()
      throws SQLException {
    var log = new PostgresEventLog(pools.executing(), pools.serving());
    var index = new PostgresRunIndex(pools.serving());
    exhaust(pools.executing(), 2);
    exhaust(pools.serving(), 2);
    assertThatThrownBy(() -> log.append(Drafts.start(RUN))).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> log.read(RUN, 0, 1)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> log.head(RUN)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> index.list(new Query(null, null, null, null, null, 1)))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  @Tag("scenario-23")
  void a_node_looks_after_its_runs_while_requests_take_every_connection() throws SQLException {
    exhaust(pools.executing(), 2);
    exhaust(pools.serving(), 2);
    assertThat(new PostgresRunIndex(pools.rounds()).due(1)).isEmpty();
  }

  @Test
  @Tag("scenario-23")
  void runs_are_read_by_those_who_carry_them_out_while_requests_take_every_connection()
      throws SQLException {
    exhaust(pools.serving(), 2);
    assertThat(new PostgresEventLog(pools.executing(), pools.reading()).head(RUN)).isEmpty();
  }

  @Test
  @Tag("scenario-2")
  void nothing_takes_longer_than_half_a_lease() throws SQLException {
    for (DataSource pool :
        List.of(
            pools.executing(),
            pools.reading(),
            pools.serving(),
            pools.rounds(),
            pools.heartbeats())) {
      try (Connection connection = pool.getConnection()) {
        assertThat(setting(connection, "statement_timeout")).containsExactly("2700ms");
        assertThat(setting(connection, "idle_in_transaction_session_timeout"))
            .containsExactly("3s");
        assertThat(setting(connection, "transaction_timeout")).isSubsetOf("3s");
        assertThat(setting(connection, "default_transaction_isolation"))
            .containsExactly("read committed");
        assertThat(connection.getAutoCommit()).isTrue();
      }
    }
  }

  @Test
  void a_statement_that_takes_too_long_is_canceled_and_its_connection_lives() throws SQLException {
    try (Connection connection = pools.executing().getConnection();
        PreparedStatement endless = connection.prepareStatement("select pg_sleep(60)")) {
      assertThatThrownBy(endless::execute)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(TestDatabase.sql(connection, "select 'alive'")).containsExactly("alive");
    }
  }

  @Test
  @Tag("scenario-2")
  void a_process_that_stops_in_a_transaction_loses_its_locks() throws SQLException {
    var log = new PostgresEventLog(pools.executing(), pools.serving());
    log.append(Drafts.start(RUN));
    try (Connection stopped = pools.executing().getConnection()) {
      stopped.setAutoCommit(false);
      TestDatabase.sql(stopped, "select run_id from runtime.runs for update");
      database.await(
          "select not exists (select from pg_stat_activity where state = 'idle in transaction'"
              + " and datname = current_database())");
      assertThat(log.append(Drafts.acquire(RUN, NODE))).isInstanceOf(Written.class);
      assertThatThrownBy(stopped::commit).isInstanceOf(SQLException.class);
    }
  }

  /// The value of a setting, or nothing when the server does not know it.
  private static List<String> setting(Connection connection, String name) {
    return TestDatabase.sql(
        connection, "select current_setting(name) from pg_settings where name = ?", name);
  }

  private void exhaust(DataSource pool, int size) throws SQLException {
    for (int i = 0; i < size; i++) {
      taken.add(patiently(pool));
    }
  }

  /// A connection, however long the server takes to open it.
  private static Connection patiently(DataSource pool) throws SQLException {
    while (true) {
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException stillOpening) {
        assertThat(stillOpening.getMessage()).contains("not available");
      }
    }
  }
}
