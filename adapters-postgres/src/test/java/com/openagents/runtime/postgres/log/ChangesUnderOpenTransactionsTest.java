package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.deltas;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.ChangeFeed.Changes;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What a reader of changes hears while transactions stay open and commit out of order.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class ChangesUnderOpenTransactionsTest {

  private static final RunId EARLY = runId(1);
  private static final RunId LATE = runId(2);

  private final TestServer server;
  private final TestDatabase database;
  private final PostgresChangeFeed feed;
  private final Session first;
  private final Session second;

  ChangesUnderOpenTransactionsTest(TestServer server) {
    this.server = server;
    database = TestDatabase.emptiedOn(server);
    feed = new PostgresChangeFeed(database.pools().serving());
    first = new Session(database);
    second = new Session(database);
  }

  @BeforeEach
  void two_runs() throws SQLException {
    first.append(Drafts.start(EARLY));
    first.append(Drafts.start(LATE));
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  @Tag("scenario-12")
  void a_writer_that_began_first_and_commits_last_is_heard() throws SQLException {
    Position before = feed.now();
    first.sql("begin");
    first.append(piece(LATE));
    second.append(piece(EARLY));
    Changes whileOpen = feed.since(before);
    assertThat(whileOpen.changes()).containsExactly(new Change(EARLY, 2));
    first.sql("commit");
    Changes after = feed.since(whileOpen.next());
    assertThat(after.changes()).containsExactly(new Change(LATE, 2));
    assertThat(feed.since(after.next()).changes()).isEmpty();
  }

  @Test
  @Tag("scenario-12")
  void a_writer_that_was_open_at_the_first_look_is_heard() throws SQLException {
    first.sql("begin");
    first.append(piece(LATE));
    Position whileOpen = feed.now();
    second.append(piece(EARLY));
    first.sql("commit");
    assertThat(feed.since(whileOpen).changes())
        .containsExactlyInAnyOrder(new Change(EARLY, 2), new Change(LATE, 2));
  }

  @Test
  @Tag("scenario-12")
  void a_writer_that_was_open_in_a_look_at_a_part_is_heard() throws SQLException {
    Position before = feed.now();
    first.sql("begin");
    first.append(piece(LATE));
    second.append(piece(EARLY));
    second.append(piece(EARLY));
    Changes part = feed.since(before, 1);
    assertThat(part.changes()).containsExactly(new Change(EARLY, 2));
    assertThat(part.more()).isTrue();
    first.sql("commit");
    assertThat(feed.since(part.next()).changes())
        .containsExactlyInAnyOrder(new Change(EARLY, 3), new Change(LATE, 2));
    assertThat(feed.since(part.next(), 1).changes())
        .containsExactlyInAnyOrder(new Change(EARLY, 3), new Change(LATE, 2));
  }

  @Test
  @Tag("scenario-12")
  void a_writer_that_gave_up_is_not_heard() throws SQLException {
    Position before = feed.now();
    first.sql("begin");
    first.append(piece(LATE));
    Changes whileOpen = feed.since(before);
    first.sql("rollback");
    assertThat(whileOpen.changes()).isEmpty();
    assertThat(feed.since(whileOpen.next()).changes()).isEmpty();
  }

  @Test
  @Tag("scenario-13")
  void a_long_transaction_in_another_database_hides_nothing() throws SQLException {
    try (var connection = server.connect("postgres")) {
      TestDatabase.sql(connection, "begin");
      TestDatabase.sql(connection, "select pg_current_xact_id()");
      Position before = feed.now();
      first.append(piece(EARLY));
      assertThat(oldestOpenTransactionIsForeign()).isTrue();
      Changes seen = feed.since(before);
      assertThat(seen.changes()).containsExactly(new Change(EARLY, 2));
      assertThat(feed.since(seen.next()).changes()).isEmpty();
      TestDatabase.sql(connection, "rollback");
    }
  }

  @Test
  void a_long_look_at_the_same_database_hides_nothing() throws SQLException {
    second.sql("begin isolation level repeatable read read only");
    second.sql("select count(*) from runtime.events");
    Position before = feed.now();
    first.append(piece(EARLY));
    Changes seen = feed.since(before);
    assertThat(seen.changes()).containsExactly(new Change(EARLY, 2));
    assertThat(feed.since(seen.next()).changes()).isEmpty();
    assertThat(second.sql("select count(*) from runtime.events")).containsExactly("2");
    second.sql("rollback");
  }

  @Test
  @Tag("scenario-14")
  void a_position_of_another_server_brings_everything_once_more() {
    Position foreign = new Position("99999999990:99999999999:");
    Changes seen = feed.since(foreign);
    assertThat(seen.changes()).containsExactlyInAnyOrder(new Change(EARLY, 1), new Change(LATE, 1));
    assertThat(feed.since(seen.next()).changes()).isEmpty();
    Changes part = feed.since(foreign, 1);
    assertThat(part.changes()).hasSize(1);
    assertThat(feed.since(part.next(), 1).changes()).hasSize(1).isNotEqualTo(part.changes());
  }

  @Test
  void a_position_that_is_none_is_the_callers_mistake() {
    assertThatThrownBy(() -> feed.since(new Position("yesterday")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Whether a feed that stops at the oldest open transaction would be stopped now.
  private boolean oldestOpenTransactionIsForeign() {
    return database
        .sql(
            "select max(xid::text::bigint) >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
                + " from runtime.events")
        .contains("t");
  }

  private static Append piece(RunId runId) {
    return deltas(runId, Precondition.OPEN, "a piece");
  }
}
