package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Appended.Refusal.CONFLICT;
import static com.openagents.runtime.log.Appended.Refusal.FOREIGN;
import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OWNER;
import static com.openagents.runtime.testkit.Drafts.STRANGER;
import static com.openagents.runtime.testkit.Drafts.THREAD;
import static com.openagents.runtime.testkit.Drafts.TTL;
import static com.openagents.runtime.testkit.Drafts.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a fresh write promises: a run begins once, and belongs with its thread to one principal.
///
/// Not asserted: what happens to a start that names an agent nobody has; the store does not know
/// agents.
public abstract class StartContract extends StoreContract {

  @Test
  void a_start_makes_a_run_with_its_row() {
    RunSpec spec = spec(THREAD, OWNER);
    Digest content = Digest.ofText("the request");
    Written written = write(Drafts.start(RUN, spec, content));
    assertThat(written).isEqualTo(new Written(1, 1, 0, written.at()));
    assertThat(head(RUN))
        .isEqualTo(
            new RunHead(
                RUN,
                THREAD,
                OWNER,
                spec.agent(),
                content,
                new Columns(new Run.Created(), 0),
                1,
                0,
                new Lease.Free(0),
                written.at(),
                written.at(),
                written.at(),
                Instant.EPOCH));
    assertThat(facts(RUN)).containsExactly(new RunCreated(spec, content));
  }

  @Test
  @Tag("G4")
  void the_same_start_again_is_a_duplicate_and_changes_nothing() {
    start(1);
    write(Drafts.frame(RUN, "f1", "hello"));
    RunHead before = head(RUN);
    assertThat(log().append(Drafts.start(RUN))).isEqualTo(new Duplicate(2));
    assertThat(head(RUN)).isEqualTo(before);
    assertThat(sequences(RUN)).containsExactly(1L, 2L);
  }

  @Test
  void the_same_start_is_a_duplicate_also_after_the_end() {
    write(Drafts.complete(RUN, startAndAcquire(RUN, NODE)));
    assertThat(log().append(Drafts.start(RUN))).isEqualTo(new Duplicate(2));
  }

  @Test
  @Tag("G4")
  void the_same_id_with_other_content_is_a_conflict() {
    start(1);
    assertRefused(
        Drafts.start(RUN, spec(THREAD, OWNER), Digest.ofText("another request")), CONFLICT);
  }

  @Test
  @Tag("G14")
  @Tag("scenario-31")
  void the_id_of_another_principals_run_is_foreign_whatever_the_content() {
    start(1);
    ThreadId ownThread = new ThreadId("thread-of-the-stranger");
    assertRefused(Drafts.start(RUN, spec(ownThread, STRANGER)), FOREIGN);
    Digest content = head(RUN).content();
    assertRefused(Drafts.start(RUN, spec(ownThread, STRANGER), content), FOREIGN);
    assertThat(store().threads().owner(ownThread)).isEmpty();
  }

  @Test
  @Tag("G14")
  @Tag("scenario-31")
  void the_thread_of_another_principal_is_foreign_and_no_run_begins() {
    start(1);
    Append stranger = Drafts.start(Drafts.runId(2), spec(THREAD, STRANGER));
    assertThat(log().append(stranger)).isEqualTo(new Refused(FOREIGN, 0, 0));
    assertThat(log().head(Drafts.runId(2))).isEmpty();
    assertThat(store().threads().owner(THREAD)).contains(OWNER);
  }

  @Test
  void a_guest_and_a_user_are_different_principals() {
    Principal guest = new Principal.Guest("g-" + "0".repeat(31) + "1");
    start(Drafts.start(RUN, spec(THREAD, guest)));
    assertThat(head(RUN).owner()).isEqualTo(guest);
    assertThat(log().append(Drafts.start(Drafts.runId(2)))).isEqualTo(new Refused(FOREIGN, 0, 0));
  }

  @Test
  void a_thread_has_as_many_runs_as_its_owner_starts() {
    start(1);
    start(2);
    assertThat(head(Drafts.runId(2)).threadId()).isEqualTo(head(RUN).threadId());
  }

  @Test
  void a_start_with_its_first_frame_is_one_write() {
    FrameAccepted accepted = Drafts.frame("f1", "hello");
    Append start = Drafts.start(RUN);
    Event.Known created = start.events().getFirst();
    Append both =
        Append.of(RUN, start.precondition(), List.of(created, accepted))
            .with(new Columns(new Run.Created(), 0))
            .with(start.wake())
            .with(Drafts.key(accepted));
    assertThat(write(both).lastSeq()).isEqualTo(2);
    assertThat(facts(RUN)).containsExactly(created, accepted);
    assertThat(log().append(Drafts.frame(RUN, "f1", "hello"))).isEqualTo(new Duplicate(2));
    assertThat(log().append(both)).isEqualTo(new Duplicate(2));
  }

  @Test
  void a_start_may_take_the_lease_with_the_same_write() {
    Append start = Drafts.start(RUN).with(Drafts.acquire(RUN, NODE).lease());
    assertThat(write(start).epoch()).isEqualTo(1);
    assertThat(head(RUN).lease()).isInstanceOf(Lease.Held.class);
  }

  @Test
  @Tag("G3")
  void what_follows_the_first_frame_of_a_start_that_takes_the_lease_is_the_executors() {
    Written written = write(opening(Drafts.acquire(RUN, NODE).lease(), "first", "second"));
    assertThat(written).isEqualTo(new Written(1, 4, 1, written.at()));
    assertThat(head(RUN).lease()).isEqualTo(new Lease.Held(1, NODE, written.at().plus(TTL)));
    assertThat(epochs()).containsExactly(null, null, 1L, 1L);
    write(Drafts.deltas(RUN, Precondition.executor(1).atSeq(4), "third"));
    assertThat(texts(RUN)).containsExactly("first", "second", "third");
  }

  @Test
  @Tag("G3")
  void a_start_that_only_visits_leaves_a_free_lease_with_the_first_epoch() {
    assertThat(write(opening(LeaseChange.VISIT, "all")).epoch()).isEqualTo(1);
    assertThat(head(RUN).lease()).isEqualTo(new Lease.Free(1));
    assertThat(epochs()).containsExactly(null, null, 1L);
    assertRefused(Drafts.deltas(RUN, Precondition.executor(1), "more"), Refusal.FENCED);
    assertThat(write(Drafts.acquire(RUN, NODE)).epoch()).isEqualTo(2);
  }

  @Test
  @Tag("G4")
  void a_start_that_is_repeated_acts_once() {
    start(opening(Drafts.acquire(RUN, NODE).lease(), "once"));
    assertThat(log().append(opening(LeaseChange.VISIT, "twice"))).isEqualTo(new Duplicate(3));
    assertThat(texts(RUN)).containsExactly("once");
    assertThat(head(RUN).lease()).isInstanceOf(Lease.Held.class);
  }

  private static Append opening(LeaseChange taken, String... texts) {
    FrameAccepted accepted = Drafts.frame("f1", "hello");
    Append start = Drafts.start(RUN);
    return start
        .with(List.of(start.events().getFirst(), accepted))
        .with(Drafts.key(accepted))
        .acting(taken, Drafts.deltas(RUN, Precondition.NONE, texts).events());
  }

  private List<@Nullable Long> epochs() {
    return events(RUN).stream().<@Nullable Long>map(Envelope::epoch).toList();
  }

  @Test
  void the_same_start_twice_in_a_batch_makes_one_run() {
    List<Appended> outcomes =
        log()
            .append(
                List.of(
                    Drafts.start(RUN),
                    Drafts.start(RUN),
                    Drafts.start(RUN, spec(THREAD, STRANGER)),
                    Drafts.start(Drafts.runId(2))));
    assertThat(outcomes.get(0)).isInstanceOf(Written.class);
    assertThat(outcomes.get(1)).isEqualTo(new Duplicate(1));
    assertThat(outcomes.get(2)).isEqualTo(new Refused(FOREIGN, 1, 0));
    assertThat(outcomes.get(3)).isInstanceOf(Written.class);
    assertThat(sequences(RUN)).containsExactly(1L);
  }

  @Test
  @Tag("G4")
  void of_concurrent_same_starts_one_makes_the_run() {
    List<Appended> outcomes = Race.of(50, _ -> log().append(Drafts.start(RUN)));
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Duplicate.class::isInstance).hasSize(49);
    assertThat(sequences(RUN)).containsExactly(1L);
  }

  @Test
  @Tag("G14")
  @Tag("scenario-31")
  void of_two_principals_who_begin_one_thread_at_once_one_gets_it() {
    List<Appended> outcomes = Race.of(20, i -> log().append(Drafts.start(Drafts.runId(i), by(i))));
    Principal winner = store().threads().owner(THREAD).orElseThrow();
    for (int i = 0; i < outcomes.size(); i++) {
      boolean won = by(i).owner().equals(winner);
      assertThat(outcomes.get(i)).isInstanceOf(won ? Written.class : Refused.class);
      assertThat(log().head(Drafts.runId(i)).isPresent()).isEqualTo(won);
    }
  }

  private static RunSpec by(int racer) {
    return spec(THREAD, racer % 2 == 0 ? OWNER : STRANGER);
  }
}
