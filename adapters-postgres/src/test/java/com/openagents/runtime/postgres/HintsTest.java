package com.openagents.runtime.postgres;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OTHER_NODE;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.postgres.log.PostgresChangeFeed;
import com.openagents.runtime.postgres.log.PostgresEventLog;
import com.openagents.runtime.testkit.Drafts;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class HintsTest {

  private static final String LISTENERS =
      "from pg_stat_activity where application_name = 'openagents-runtime hints'"
          + " and datname = current_database()";

  private final TestDatabase database;
  private final Semaphore hints = new Semaphore(0);
  private final HintListener listener;
  private final HintNotifier others;

  HintsTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    listener = new HintListener(database.settings(), NODE, hints::release);
    others = new HintNotifier(database.pools().serving(), OTHER_NODE, Duration.ofMillis(5));
  }

  @BeforeEach
  void connected() throws InterruptedException {
    awaitHint();
  }

  @AfterEach
  void close() {
    listener.close();
    others.close();
    database.await("select count(*) = 0 " + LISTENERS);
  }

  @Test
  void a_commit_is_hinted_at() throws InterruptedException {
    others.changed();
    awaitHint();
    others.changed();
    awaitHint();
  }

  @Test
  void a_node_of_the_longest_name_is_heard() throws InterruptedException {
    var longest = new NodeId("n".repeat(128));
    try (var notifier =
        new HintNotifier(database.pools().serving(), longest, Duration.ofMillis(5))) {
      notifier.changed();
      awaitHint();
    }
  }

  @Test
  void another_nodes_commits_are_hinted_at_and_ones_own_are_not() throws Exception {
    Semaphore heard = new Semaphore(0);
    try (Connection session = database.session();
        var _ = new HintListener(database.settings(), new NodeId("witness"), heard::release)) {
      await(heard);
      for (int i = 0; i < 20; i++) {
        notifyAs(session, NODE);
        await(heard);
        notifyAs(session, OTHER_NODE);
        await(heard);
        awaitHint();
      }
    }
    assertThat(hints.availablePermits()).isZero();
  }

  private static void notifyAs(Connection session, NodeId node) {
    TestDatabase.sql(session, "select pg_notify(?, ?)", HintNotifier.CHANNEL, node.value());
  }

  @Test
  @Tag("scenario-17")
  void a_killed_listener_costs_no_change_and_listens_again() throws InterruptedException {
    EventLog log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    var feed = new PostgresChangeFeed(database.pools().serving());
    Position before = feed.now();
    database.sql("select pg_terminate_backend(pid) " + LISTENERS);
    log.append(Drafts.start(runId(1)));
    others.changed();
    assertThat(feed.since(before).changes()).containsExactly(new Change(runId(1), 1));
    awaitHint();
    database.await("select count(*) = 1 " + LISTENERS);
  }

  private void awaitHint() throws InterruptedException {
    await(hints);
  }

  private static void await(Semaphore hinted) throws InterruptedException {
    assertThat(hinted.tryAcquire(30, TimeUnit.SECONDS)).as("hinted").isTrue();
  }
}
