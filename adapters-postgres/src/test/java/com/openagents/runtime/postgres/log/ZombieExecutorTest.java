package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OTHER_NODE;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// An executor that stopped too long and comes back, and the thief of its lease, each in a session.
@Tag("G3")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class ZombieExecutorTest {

  private static final RunId RUN = Drafts.runId(1);
  private static final Append ZOMBIES = deltas(RUN, Precondition.executor(1), "too late");

  private final TestDatabase database;
  private final PostgresEventLog log;
  private final Session zombie;
  private final Session thief;
  private final Session other;

  ZombieExecutorTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    zombie = new Session(database);
    thief = new Session(database);
    other = new Session(database);
  }

  @BeforeEach
  void a_zombie_holds_a_lease() {
    log.append(Drafts.start(RUN));
    log.append(
        Append.of(RUN, Precondition.OPEN, List.of())
            .with(new LeaseChange.Acquire(NODE, Duration.ofMinutes(5))));
  }

  @AfterEach
  void close() {
    List.of(zombie, thief, other).forEach(Session::close);
  }

  @Test
  @Tag("scenario-1")
  void stopped_before_its_write_it_writes_nothing_whoever_took_the_lease() throws SQLException {
    expireLease();
    assertThat(zombie.append(ZOMBIES)).isEqualTo(new Refused(Refusal.FENCED, 1, 1));
    assertThat(thief.append(steal())).isInstanceOf(Written.class);
    assertThat(zombie.append(ZOMBIES)).isEqualTo(new Refused(Refusal.FENCED, 1, 2));
    assertThat(texts()).isEmpty();
  }

  @Test
  @Tag("scenario-2")
  void stopped_inside_its_write_it_holds_the_thief_up_until_the_write_has_ended() throws Exception {
    other.holdUpInserts();
    CompletableFuture<Appended> zombies = zombie.appending(ZOMBIES);
    zombie.awaitBlockedBy(other);
    CompletableFuture<Appended> thefts = thief.appending(steal());
    thief.awaitBlockedBy(zombie);

    other.sql("rollback");
    assertThat(zombies.get()).isInstanceOf(Written.class);
    assertThat(thefts.get()).as("the lease is live").isEqualTo(new Refused(Refusal.HELD, 2, 1));
    expireLease();
    assertThat(thief.append(steal())).isInstanceOf(Written.class);
    assertThat(zombie.append(ZOMBIES)).isEqualTo(new Refused(Refusal.FENCED, 2, 2));
    assertThat(texts()).containsExactly("too late");
  }

  @Test
  @Tag("scenario-2")
  void stopped_behind_the_thief_it_is_judged_by_what_the_thief_left() throws Exception {
    expireLease();
    other.holdUpInserts();
    CompletableFuture<Appended> thefts = thief.appending(stealAndWrite());
    thief.awaitBlockedBy(other);
    CompletableFuture<Appended> zombies = zombie.appending(ZOMBIES);
    zombie.awaitBlockedBy(thief);

    other.sql("rollback");
    assertThat(thefts.get()).isInstanceOf(Written.class);
    assertThat(zombies.get()).isEqualTo(new Refused(Refusal.FENCED, 2, 2));
    assertThat(texts()).containsExactly("mine now");
  }

  @Test
  @Tag("scenario-2")
  void a_read_of_the_epoch_is_no_fence_and_gives_the_zombie_nothing() throws SQLException {
    zombie.sql("begin");
    assertThat(zombie.sql("select epoch from runtime.runs")).containsExactly("1");
    expireLease();
    assertThat(thief.append(steal())).isInstanceOf(Written.class);
    assertThat(zombie.append(ZOMBIES)).isEqualTo(new Refused(Refusal.FENCED, 1, 2));
    zombie.sql("commit");
    assertThat(texts()).isEmpty();
  }

  @Test
  @Tag("scenario-2")
  void the_lock_of_a_foreign_key_is_no_fence_and_gives_the_zombie_nothing() throws SQLException {
    expireLease();
    zombie.sql("begin");
    zombie.sql("select run_id from runtime.runs for key share");
    assertThat(thief.append(steal())).as("not held up").isInstanceOf(Written.class);
    assertThat(zombie.append(ZOMBIES)).isEqualTo(new Refused(Refusal.FENCED, 1, 2));
    zombie.sql("commit");
    assertThat(texts()).isEmpty();
  }

  @Test
  @Tag("scenario-2")
  void locks_that_an_append_takes_hold_the_thief_up() throws Exception {
    expireLease();
    for (String lock : List.of("for no key update", "for share")) {
      zombie.sql("begin");
      zombie.sql("select run_id from runtime.runs " + lock);
      CompletableFuture<Appended> thefts = thief.appending(steal());
      thief.awaitBlockedBy(zombie);
      zombie.sql("rollback");
      assertThat(thefts.get()).isInstanceOf(Written.class);
      expireLease();
    }
  }

  @Test
  @Tag("scenario-2")
  void an_old_snapshot_of_a_serializable_transaction_lets_nothing_through() throws SQLException {
    zombie.sql("begin isolation level serializable");
    zombie.sql("select epoch from runtime.runs");
    expireLease();
    assertThat(thief.append(steal())).isInstanceOf(Written.class);
    assertThatThrownBy(() -> zombie.append(ZOMBIES)).isInstanceOf(SQLException.class);
    zombie.sql("rollback");
    assertThat(texts()).isEmpty();
  }

  private void expireLease() {
    database.sql("update runtime.runs set lease_expires_at = clock_timestamp() - interval '1 s'");
  }

  private static Append steal() {
    return Drafts.acquire(RUN, OTHER_NODE);
  }

  private static Append stealAndWrite() {
    return deltas(RUN, Precondition.OPEN, "mine now")
        .with(new LeaseChange.Acquire(OTHER_NODE, Drafts.TTL));
  }

  private List<String> texts() {
    return log.read(RUN, 1, 100).stream()
        .map(StoredEvent::payload)
        .map(payload -> payload.replaceFirst(".*\"text\":\"([^\"]*)\".*", "$1"))
        .toList();
  }
}
