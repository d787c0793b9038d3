package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OWNER;
import static com.openagents.runtime.testkit.Drafts.STRANGER;
import static com.openagents.runtime.testkit.Drafts.THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing.Look;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a fork promises: a run that begins with a copy of the beginning of another, all of it or
/// nothing, and leaves the other as it is.
///
/// Not asserted: how long a copy may be; what may follow it, which the rules of a run say.
public abstract class ForkContract extends StoreContract {

  private static final RunId FORK = Drafts.runId(7);
  private static final TraceId TRACE = new TraceId("0af7651916cd43dd8448eb211c80319c");

  /// A run with a frame, two pieces and their whole: created, frame, piece, piece, whole.
  private void original() {
    long epoch = startAndAcquire(RUN, NODE);
    write(Drafts.frame(RUN, "f1", "hello"));
    write(Drafts.deltas(RUN, Precondition.executor(epoch), "one ", "two"));
    write(Append.of(RUN, Precondition.executor(epoch), List.of(Drafts.said("one two"))));
  }

  private Written fork(long atSeq) {
    return write(Drafts.fork(RUN, atSeq, FORK));
  }

  @Test
  void a_fork_is_its_own_beginning_the_copy_and_what_tells_of_it() {
    original();
    Append asked = Drafts.fork(RUN, 4, FORK);
    Written written = write(asked);
    assertThat(written).isEqualTo(new Written(1, 5, 0, written.at()));
    List<Event> expected = new ArrayList<>(facts(RUN).subList(0, 4));
    expected.set(0, asked.events().getFirst());
    expected.add(asked.events().getLast());
    assertThat(facts(FORK)).isEqualTo(expected);
    assertThat(sequences(FORK)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(events(FORK)).extracting(Envelope::runId).containsOnly(FORK);
  }

  @Test
  void payloads_are_copied_as_they_are_stored() {
    original();
    fork(5);
    assertThat(stored(FORK).subList(1, 5))
        .extracting(StoredEvent::payload)
        .isEqualTo(stored(RUN).subList(1, 5).stream().map(StoredEvent::payload).toList());
  }

  private List<StoredEvent> stored(RunId runId) {
    return log().read(runId, 0, 100);
  }

  @Test
  void a_fork_has_a_row_of_its_own() {
    original();
    Append asked = Drafts.fork(RUN, 5, FORK);
    Instant at = write(asked).at();
    RunCreated created = (RunCreated) asked.events().getFirst();
    assertThat(head(FORK))
        .isEqualTo(
            new RunHead(
                FORK,
                created.spec().threadId(),
                OWNER,
                created.spec().agent(),
                created.content(),
                new Columns(new Run.Waiting(WaitingFor.FRAMES, null), 0),
                6,
                0,
                new Lease.Free(0),
                null,
                at,
                at,
                Instant.EPOCH));
  }

  @Test
  void a_copy_has_the_time_and_the_trace_of_the_fork_and_no_epoch() {
    original();
    store().passTime(MORE_THAN_TTL);
    Instant at = write(Drafts.fork(RUN, 5, FORK).tracedBy(TRACE)).at();
    assertThat(events(FORK)).extracting(Envelope::occurredAt).containsOnly(at);
    assertThat(events(FORK)).extracting(Envelope::traceId).containsOnly(TRACE);
    assertThat(events(FORK).stream().<@Nullable Long>map(Envelope::epoch)).containsOnlyNulls();
  }

  @Test
  void the_original_is_as_it_was() {
    original();
    RunHead before = head(RUN);
    List<Envelope> events = events(RUN);
    fork(3);
    assertThat(head(RUN)).isEqualTo(before);
    assertThat(events(RUN)).isEqualTo(events);
  }

  @Test
  void a_fork_of_the_first_event_copies_none() {
    original();
    fork(1);
    assertThat(facts(FORK)).isEqualTo(Drafts.fork(RUN, 1, FORK).events());
  }

  @Test
  void an_original_that_has_ended_is_forked_too() {
    original();
    write(Drafts.complete(RUN, 1));
    assertThat(fork(5).lastSeq()).isEqualTo(6);
  }

  @Test
  void a_fork_is_forked_like_any_run() {
    original();
    fork(4);
    RunId second = Drafts.runId(8);
    write(Drafts.fork(FORK, 5, second));
    List<Event> copied = facts(second);
    assertThat(copied).hasSize(6);
    assertThat(copied.subList(1, 5)).isEqualTo(facts(FORK).subList(1, 5));
  }

  @Test
  @Tag("G4")
  void a_frame_of_the_copy_is_taken_and_one_behind_it_is_not() {
    original();
    write(Drafts.frame(RUN, "f2", "later"));
    fork(5);
    assertThat(log().append(Drafts.frame(FORK, "f1", "hello"))).isEqualTo(new Duplicate(6));
    assertRefused(Drafts.frame(FORK, "f1", "other words"), Refusal.CONFLICT);
    assertThat(write(Drafts.frame(FORK, "f2", "later")).lastSeq()).isEqualTo(7);
  }

  @Test
  void a_fork_needs_nobody_until_a_frame_comes() {
    original();
    fork(5);
    store().passTime(MORE_THAN_TTL);
    assertThat(store().index().due(10)).extracting(RunHead::runId).doesNotContain(FORK);
    write(Drafts.frame(FORK, "f2", "go on"));
    assertThat(store().index().due(10)).extracting(RunHead::runId).contains(FORK);
  }

  @Test
  void epochs_begin_anew() {
    original();
    fork(5);
    assertThat(write(Drafts.acquire(FORK, NODE)).epoch()).isEqualTo(1);
    assertRefused(Drafts.deltas(FORK, Precondition.executor(2), "from the past"), Refusal.FENCED);
  }

  @Test
  @Tag("G4")
  void the_same_fork_again_is_a_duplicate_and_changes_nothing() {
    original();
    fork(4);
    write(Drafts.frame(FORK, "f2", "go on"));
    List<Envelope> events = events(FORK);
    assertThat(log().append(Drafts.fork(RUN, 4, FORK))).isEqualTo(new Duplicate(6));
    assertThat(events(FORK)).isEqualTo(events);
  }

  @Test
  @Tag("G4")
  void the_id_of_a_run_that_began_otherwise_is_a_conflict() {
    original();
    fork(4);
    assertRefused(Drafts.fork(RUN, 3, FORK), Refusal.CONFLICT);
    assertRefused(Drafts.fork(RUN, 3, RUN), Refusal.CONFLICT);
  }

  @Test
  @Tag("G14")
  void another_principals_run_is_foreign_and_nothing_begins() {
    original();
    RunSpec spec = Drafts.spec(new ThreadId("elsewhere"), STRANGER);
    assertNothingBegins(Drafts.fork(RUN, 4, FORK, spec), Refusal.FOREIGN);
    assertThat(store().threads().owner(spec.threadId())).isEmpty();
  }

  @Test
  @Tag("G14")
  void another_principals_thread_is_foreign_and_nothing_begins() {
    original();
    ThreadId taken = new ThreadId("of-a-stranger");
    start(Drafts.start(Drafts.runId(9), Drafts.spec(taken, STRANGER)));
    assertNothingBegins(Drafts.fork(RUN, 4, FORK, Drafts.spec(taken, OWNER)), Refusal.FOREIGN);
  }

  @Test
  @Tag("G14")
  void the_id_of_another_principals_run_is_foreign() {
    original();
    RunSpec strangers = Drafts.spec(new ThreadId("of-a-stranger"), STRANGER);
    start(Drafts.start(FORK, strangers));
    assertRefused(Drafts.fork(RUN, 4, FORK), Refusal.FOREIGN);
  }

  @Test
  void a_run_that_is_not_there_is_unknown_and_nothing_begins() {
    assertNothingBegins(Drafts.fork(RUN, 1, FORK), Refusal.UNKNOWN_RUN);
    original();
    assertThat(fork(1)).isNotNull();
  }

  @Test
  void what_lies_beyond_the_log_is_missing_and_nothing_begins() {
    original();
    assertNothingBegins(Drafts.fork(RUN, 6, FORK), Refusal.MISSING);
    assertThat(store().threads().owner(new ThreadId("thread-of-" + FORK))).isEmpty();
    assertThat(fork(5)).isNotNull();
  }

  @Test
  void more_bytes_than_may_be_copied_are_too_large_and_nothing_begins() {
    long epoch = startAndAcquire(RUN, NODE);
    String[] pieces = Collections.nCopies(8, "x".repeat(1 << 20)).toArray(String[]::new);
    for (int written = 0; written < 8; written++) {
      write(Drafts.deltas(RUN, Precondition.executor(epoch), pieces));
    }
    assertNothingBegins(Drafts.fork(RUN, 65, FORK), Refusal.TOO_LARGE);
    assertThat(fork(64).lastSeq()).isEqualTo(65);
  }

  private void assertNothingBegins(Append fork, Refusal why) {
    assertThat(log().append(fork)).isEqualTo(new Refused(why, 0, 0));
    assertThat(log().head(fork.runId())).isEmpty();
    assertThat(log().read(fork.runId(), 0, 10)).isEmpty();
  }

  @Test
  @Tag("G1")
  void a_copy_has_no_gap_where_pieces_of_the_original_aged_out() {
    original();
    fork(5);
    AgedRange range = new AgedRange(3, 4, Digest.ofText("head"), "key", "signature", store().now());
    assertThat(store().ageing().note(new Look(RUN, 0, 5, List.of(range), null))).isTrue();
    assertThat(store().ageing().remove(10)).isEqualTo(2);
    RunId late = Drafts.runId(8);
    assertNothingBegins(Drafts.fork(RUN, 5, late), Refusal.MISSING);
    assertThat(log().append(Drafts.fork(RUN, 5, FORK))).isEqualTo(new Duplicate(6));
    assertThat(write(Drafts.fork(RUN, 2, late)).lastSeq()).isEqualTo(3);
    assertThat(sequences(FORK)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void the_conversation_of_its_thread_is_the_copys() {
    original();
    fork(5);
    ThreadId thread = head(FORK).threadId();
    assertThat(store().threads().owner(thread)).contains(OWNER);
    assertThat(store().threads().conversation(thread, 10))
        .extracting(StoredEvent::runId, StoredEvent::seq)
        .containsExactly(tuple(FORK, 2L), tuple(FORK, 5L));
    assertThat(store().threads().conversation(THREAD, 10))
        .extracting(StoredEvent::runId)
        .containsOnly(RUN);
  }

  @Test
  void a_feed_tells_of_a_fork() {
    original();
    var position = store().changes().now();
    fork(5);
    assertThat(store().changes().since(position).changes()).containsExactly(new Change(FORK, 6));
  }

  @Test
  void a_fork_that_does_more_than_wait_is_no_fork() {
    original();
    Append fork = Drafts.fork(RUN, 4, FORK);
    FrameAccepted frame = Drafts.frame("f9", "at once");
    assertThatThrownBy(() -> log().append(fork.with(Drafts.acquire(FORK, NODE).lease())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log().append(fork.with(Wake.NOW)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log().append(fork.with(Drafts.key(frame))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(log().head(FORK)).isEmpty();
  }

  @Test
  void in_a_batch_a_fork_stands_beside_other_writes() {
    original();
    List<Appended> outcomes =
        log()
            .append(
                List.of(
                    Drafts.frame(RUN, "f2", "before"),
                    Drafts.fork(RUN, 5, FORK),
                    Drafts.frame(FORK, "f2", "after"),
                    Drafts.fork(RUN, 99, Drafts.runId(8)),
                    Drafts.start(Drafts.runId(9))));
    assertThat(outcomes.get(1)).isInstanceOf(Written.class);
    assertThat(outcomes.get(2)).isInstanceOf(Written.class);
    assertThat(outcomes.get(3)).isEqualTo(new Refused(Refusal.MISSING, 0, 0));
    assertThat(outcomes.get(4)).isInstanceOf(Written.class);
    assertThat(sequences(FORK)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  @Tag("G4")
  void of_concurrent_same_forks_one_makes_the_run() {
    original();
    List<Appended> outcomes = Race.of(20, _ -> log().append(Drafts.fork(RUN, 5, FORK)));
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Duplicate.class::isInstance).hasSize(19);
    assertThat(sequences(FORK)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  @Tag("G4")
  void of_concurrent_other_forks_under_one_id_one_makes_the_run() {
    original();
    List<Appended> outcomes = Race.of(20, i -> log().append(Drafts.fork(RUN, 1 + i % 5, FORK)));
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
    long last = head(FORK).lastSeq();
    assertThat(sequences(FORK))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
    assertThat(facts(FORK).getLast())
        .isEqualTo(Drafts.fork(RUN, last - 1, FORK).events().getLast());
  }

  @Test
  void a_fork_is_whole_while_its_original_grows() {
    original();
    List<Appended> outcomes =
        Race.of(
            20,
            i ->
                i % 2 == 0
                    ? log().append(Drafts.frame(RUN, "g" + i, "more"))
                    : log().append(Drafts.fork(RUN, 5, Drafts.runId(20 + i))));
    assertThat(outcomes).hasOnlyElementsOfType(Written.class);
    for (int i = 1; i < 20; i += 2) {
      assertThat(sequences(Drafts.runId(20 + i))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }
    assertThat(head(RUN).lastSeq()).isEqualTo(15);
  }
}
