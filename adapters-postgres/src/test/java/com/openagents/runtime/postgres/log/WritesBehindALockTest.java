package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OTHER_NODE;
import static com.openagents.runtime.testkit.Drafts.TTL;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
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

/// A write that would be lawful by what its statement saw when it began, and that waits for the row
/// of its run while another transaction changes it: it is judged by what it finds, not by what it
/// saw.
@Tag("G3")
@Tag("scenario-2")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.log.AppendWay#everywhere")
class WritesBehindALockTest {

  private static final RunId RUN = runId(1);
  private static final RunSpec SPEC = Drafts.spec(Drafts.THREAD, Drafts.OWNER);
  private static final Precondition EXECUTOR = Precondition.executor(1);

  private final AppendWay way;
  private final TestDatabase database;
  private final PostgresEventLog log;
  private final Session writer;
  private final Session other;

  WritesBehindALockTest(TestServer server, AppendWay way) {
    this.way = way;
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    writer = new Session(database);
    other = new Session(database);
  }

  @BeforeEach
  void a_node_holds_the_lease() {
    log.append(List.of(Drafts.start(RUN), Drafts.start(AppendWay.NEIGHBOUR)));
    log.append(Drafts.acquire(RUN, NODE));
  }

  @AfterEach
  void close() {
    writer.close();
    other.close();
  }

  @Test
  void an_executor_is_fenced_when_its_lease_expires_and_is_stolen_meanwhile() throws Exception {
    Appended outcome =
        behind(
            deltas(RUN, EXECUTOR, "too late"),
            () -> {
              expireLease();
              write(Drafts.acquire(RUN, OTHER_NODE));
            });
    assertThat(outcome).isEqualTo(new Refused(Refusal.FENCED, 1, 2));
    assertThat(holder()).containsExactly("node-b 2 1");
    assertThat(texts()).isEmpty();
  }

  @Test
  void an_executor_is_fenced_when_it_lets_go_and_another_takes_over_meanwhile() throws Exception {
    Appended outcome =
        behind(
            deltas(RUN, EXECUTOR, "too late"),
            () -> {
              write(Append.of(RUN, EXECUTOR, List.of()).with(LeaseChange.RELEASE));
              write(
                  deltas(RUN, Precondition.OPEN, "mine now")
                      .with(new LeaseChange.Acquire(OTHER_NODE, TTL)));
            });
    assertThat(outcome).isEqualTo(new Refused(Refusal.FENCED, 2, 2));
    assertThat(holder()).containsExactly("node-b 2 2");
    assertThat(texts()).containsExactly("mine now");
  }

  @Test
  void an_executor_of_the_same_name_is_fenced_by_its_own_later_lease() throws Exception {
    Appended outcome =
        behind(
            Append.of(RUN, EXECUTOR, List.of()).with(new LeaseChange.Extend(TTL)),
            () -> {
              write(Append.of(RUN, EXECUTOR, List.of()).with(LeaseChange.RELEASE));
              write(Drafts.acquire(RUN, NODE));
            });
    assertThat(outcome).isEqualTo(new Refused(Refusal.FENCED, 1, 2));
    assertThat(holder()).containsExactly("node-a 2 1");
  }

  @Test
  void an_executor_is_fenced_when_its_lease_expires_while_it_waits() throws Exception {
    write(Append.of(RUN, EXECUTOR, List.of()).with(new LeaseChange.Extend(Duration.ofSeconds(1))));
    other.sql("begin");
    other.sql("select run_id from runtime.runs for no key update");
    Append late = deltas(RUN, EXECUTOR, "too late").with(new LeaseChange.Extend(TTL));
    CompletableFuture<List<Appended>> outcomes = writer.appending(way.batch(late));
    writer.awaitBlockedBy(other);
    database.await("select every(lease_expires_at < clock_timestamp()) from runtime.runs");
    other.sql("commit");
    assertThat(outcomes.get().getFirst()).isEqualTo(new Refused(Refusal.FENCED, 1, 1));
    assertThat(texts()).isEmpty();
  }

  @Test
  void nobody_takes_a_lease_that_another_took_meanwhile() throws Exception {
    write(Append.of(RUN, EXECUTOR, List.of()).with(LeaseChange.RELEASE));
    Appended outcome =
        behind(Drafts.acquire(RUN, NODE), () -> write(Drafts.acquire(RUN, OTHER_NODE)));
    assertThat(outcome).isEqualTo(new Refused(Refusal.HELD, 1, 2));
    assertThat(holder()).containsExactly("node-b 2 1");
  }

  @Test
  void no_janitor_breaks_a_lease_that_was_taken_anew_meanwhile() throws Exception {
    expireLease();
    Appended outcome =
        behind(
            Append.of(RUN, Precondition.OPEN, List.of()).with(LeaseChange.BREAK),
            () -> write(Drafts.acquire(RUN, OTHER_NODE)));
    assertThat(outcome).isEqualTo(new Refused(Refusal.HELD, 1, 2));
    assertThat(holder()).containsExactly("node-b 2 1");
  }

  @Test
  void a_decision_taken_at_a_sequence_is_refused_when_the_log_grows_meanwhile() throws Exception {
    Append letsGo = Append.of(RUN, EXECUTOR.atSeq(1), List.of()).with(LeaseChange.RELEASE);
    Appended outcome = behind(letsGo, () -> write(Drafts.frame(RUN, "f-1", "wait")));
    assertThat(outcome).isEqualTo(new Refused(Refusal.MOVED, 2, 1));
    assertThat(holder()).containsExactly("node-a 1 2");
  }

  @Test
  void a_write_to_an_open_run_is_refused_when_the_run_ends_meanwhile() throws Exception {
    write(Append.of(RUN, EXECUTOR, List.of()).with(LeaseChange.RELEASE));
    write(Drafts.acquire(RUN, NODE));
    Appended outcome =
        behind(
            Append.of(RUN, Precondition.OPEN, List.of()).with(LeaseChange.END),
            () -> write(Drafts.complete(RUN, 2)));
    assertThat(outcome).isEqualTo(new Refused(Refusal.ENDED, 2, 2));
  }

  @Test
  @Tag("G2")
  @Tag("scenario-9")
  void what_is_written_meanwhile_comes_before_it_without_a_gap() throws Exception {
    Append second = deltas(RUN, Precondition.OPEN, "second", "third");
    Appended outcome = behind(second, () -> write(deltas(RUN, Precondition.OPEN, "first")));
    assertThat(outcome).isInstanceOf(Written.class);
    assertThat(((Written) outcome).firstSeq()).isEqualTo(3);
    assertThat(texts()).containsExactly("first", "second", "third");
  }

  @Test
  @Tag("G4")
  @Tag("scenario-10")
  void a_frame_is_known_when_it_was_taken_meanwhile_and_a_conflict_when_it_differs()
      throws Exception {
    Append frame = Drafts.frame(RUN, "f-1", "hello");
    assertThat(behind(frame, () -> write(frame))).isEqualTo(new Duplicate(2));
    Append another = Drafts.frame(RUN, "f-2", "hello");
    Append differing = Drafts.frame(RUN, "f-2", "good bye");
    assertThat(behind(differing, () -> write(another)))
        .isEqualTo(new Refused(Refusal.CONFLICT, 3, 1));
    assertThat(log.read(RUN, 1, 10)).hasSize(2);
  }

  @Test
  @Tag("G4")
  @Tag("scenario-10")
  void a_frame_that_comes_behind_another_keeps_the_sequence_of_its_own_event() throws Exception {
    Append mine = Drafts.frame(RUN, "mine", "hello");
    assertThat(behind(mine, () -> write(Drafts.frame(RUN, "theirs", "hello"))))
        .isInstanceOf(Written.class);
    assertThat(database.sql("select frame_id || ' ' || seq from runtime.frames order by seq"))
        .containsExactly("theirs 2", "mine 3");
  }

  @Test
  @Tag("G4")
  @Tag("scenario-10")
  void a_run_that_is_begun_meanwhile_is_begun_once() throws Exception {
    Append start = Drafts.start(runId(3));
    assertThat(behind(start, () -> write(start))).isEqualTo(new Duplicate(1));
    Append differing = Drafts.start(runId(4), SPEC, Digest.ofText("other"));
    assertThat(behind(differing, () -> write(Drafts.start(runId(4), SPEC))))
        .isEqualTo(new Refused(Refusal.CONFLICT, 1, 0));
  }

  @Test
  @Tag("G14")
  void a_thread_that_is_claimed_meanwhile_is_its_claimants_alone() throws Exception {
    ThreadId thread = new ThreadId("claimed");
    Append theirs = Drafts.start(runId(5), Drafts.spec(thread, Drafts.OWNER));
    Append strangers = Drafts.start(runId(6), Drafts.spec(thread, Drafts.STRANGER));
    assertThat(behind(strangers, () -> write(theirs)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.why()).isEqualTo(Refusal.FOREIGN));
    ThreadId shared = new ThreadId("shared");
    Append first = Drafts.start(runId(7), Drafts.spec(shared, Drafts.OWNER));
    Append second = Drafts.start(runId(8), Drafts.spec(shared, Drafts.OWNER));
    assertThat(behind(second, () -> write(first))).isInstanceOf(Written.class);
  }

  /// Writes while another transaction, which the write's statement does not see, changes the run.
  private Appended behind(Append write, Change change) throws Exception {
    other.sql("begin");
    change.make();
    CompletableFuture<List<Appended>> outcomes = writer.appending(way.batch(write));
    writer.awaitBlockedBy(other);
    other.sql("commit");
    List<Appended> answered = outcomes.get();
    assertThat(answered.stream().skip(1)).as("beside it").allMatch(Written.class::isInstance);
    return answered.getFirst();
  }

  private interface Change {
    void make() throws SQLException;
  }

  private void write(Append write) throws SQLException {
    assertThat(other.append(write)).isInstanceOf(Written.class);
  }

  private void expireLease() {
    other.sql(
        """
        update runtime.runs set lease_expires_at = clock_timestamp() - interval '1 s'
        where lease_owner is not null
        """);
  }

  private List<String> holder() {
    return database.sql(
        """
        select concat_ws(' ', lease_owner, epoch, last_seq) from runtime.runs where run_id = ?
        """,
        RUN.value());
  }

  private List<String> texts() {
    return log.read(RUN, 1, 100).stream()
        .map(StoredEvent::payload)
        .map(payload -> payload.replaceFirst(".*\"text\":\"([^\"]*)\".*", "$1"))
        .toList();
  }
}
