package com.openagents.runtime.postgres;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.postgres.log.PostgresChangeFeed;
import com.openagents.runtime.postgres.log.PostgresEventLog;
import com.openagents.runtime.testkit.Drafts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class StoreCheckTest {

  private final TestDatabase database;

  StoreCheckTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
  }

  private static ServerFacts server(
      int version, boolean fsync, boolean fullPages, String commit, boolean standby) {
    return new ServerFacts(version, fsync, fullPages, commit, standby);
  }

  @Test
  void a_sound_server_passes_without_a_word() {
    assertThat(StoreCheck.warnings(server(150_000, true, true, "on", false))).isEmpty();
    assertThat(StoreCheck.warnings(server(180_006, true, true, "remote_apply", false))).isEmpty();
  }

  @Test
  void a_server_that_cannot_keep_a_promise_is_refused_with_what_to_do() {
    assertUnfit(server(140_012, true, true, "on", false), "PostgreSQL 14.12", "15 or newer");
    assertUnfit(server(180_006, false, true, "on", false), "fsync = on");
    assertUnfit(server(180_006, true, true, "on", true), "a standby", "primary");
  }

  private static void assertUnfit(ServerFacts facts, String... told) {
    assertThatThrownBy(() -> StoreCheck.warnings(facts))
        .isInstanceOf(UnfitStore.class)
        .message()
        .contains(told);
    assertThat(facts.judged())
        .filteredOn(judgement -> judgement.verdict() == Judgement.Verdict.UNFIT)
        .singleElement()
        .satisfies(judgement -> assertThat(judgement.text()).contains(told));
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "local", "remote_write"})
  void an_early_acknowledgement_is_warned_of(String commit) {
    assertThat(StoreCheck.warnings(server(180_006, true, true, commit, false)))
        .singleElement()
        .asString()
        .contains("synchronous_commit is " + commit);
  }

  @Test
  void pages_that_may_tear_are_warned_of() {
    assertThat(StoreCheck.warnings(server(180_006, true, false, "on", false)))
        .singleElement()
        .asString()
        .contains("full_page_writes is off");
  }

  @Test
  void the_facts_are_those_of_the_server() throws SQLException {
    try (Connection session = database.session()) {
      TestDatabase.sql(session, "set synchronous_commit = local");
      ServerFacts facts = ServerFacts.read(session);
      assertThat(facts.version())
          .hasToString(TestDatabase.sql(session, "show server_version_num").getFirst());
      assertThat(facts.fsync()).as("tests run without fsync").isFalse();
      assertThat(facts.synchronousCommit()).isEqualTo("local");
      assertThat(facts.fullPageWrites())
          .hasToString(
              TestDatabase.sql(session, "select current_setting('full_page_writes')::boolean::text")
                  .getFirst());
      assertThat(facts.inRecovery()).isFalse();
    }
    assertThatThrownBy(() -> StoreCheck.run(database.pools().serving()))
        .isInstanceOf(UnfitStore.class);
  }

  @Test
  @Tag("scenario-14")
  void events_of_the_servers_future_are_stamped_anew_and_heard_of_again() throws SQLException {
    var log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    log.append(IntStream.range(0, 5).mapToObj(i -> Drafts.start(runId(i))).toList());
    var feed = new PostgresChangeFeed(database.pools().serving());
    Position before = feed.now();
    database.sql(
        "update runtime.events set xid = '99999999999' where run_id <> ?", runId(0).value());
    assertThat(restamp()).isEqualTo(4);
    assertThat(feed.since(before).changes()).hasSize(4);
    assertThat(feed.since(feed.now()).changes()).isEmpty();
    assertThat(restamp()).as("a second look finds nothing").isZero();
  }

  @Test
  @Tag("scenario-14")
  void the_operator_is_told_how_many_events_were_stamped_anew() throws SQLException {
    var log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    log.append(Drafts.start(runId(1)));
    try (Connection session = database.session()) {
      assertThat(StoreCheck.repaired(session)).as("nothing to repair").isEmpty();
    }
    database.sql(
        """
        insert into runtime.events (run_id, seq, xid, occurred_at, version, type, payload)
        select run_id, n, '99999999999', occurred_at, version, type, payload
        from runtime.events, generate_series(2, 20003) n
        """);
    try (Connection session = database.session()) {
      assertThat(StoreCheck.look(session))
          .anyMatch(judgement -> judgement.text().startsWith("20002 events carried transactions"))
          .hasSize(6);
      assertThat(StoreCheck.repaired(session))
          .singleElement()
          .asString()
          .startsWith("20002 events carried transactions that this server has not reached");
      assertThat(StoreCheck.repaired(session)).isEmpty();
    }
    assertThat(
            database.sql(
                """
                select count(*) from runtime.events
                where xid >= pg_snapshot_xmax(pg_current_snapshot())
                """))
        .containsExactly("0");
  }

  private long restamp() throws SQLException {
    try (Connection session = database.session()) {
      return XidHorizon.restamp(session);
    }
  }
}
