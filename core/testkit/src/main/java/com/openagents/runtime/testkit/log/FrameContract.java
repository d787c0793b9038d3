package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Appended.Refusal.CONFLICT;
import static com.openagents.runtime.log.Appended.Refusal.ENDED;
import static com.openagents.runtime.log.Appended.Refusal.FOREIGN;
import static com.openagents.runtime.log.Appended.Refusal.MOVED;
import static com.openagents.runtime.log.Precondition.OPEN;
import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.STRANGER;
import static com.openagents.runtime.testkit.Drafts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a write with an idempotency key promises: the same frame is taken once, whoever sends it
/// however often.
///
/// Not asserted: how long keys are remembered beyond the life of their run.
public abstract class FrameContract extends StoreContract {

  @Test
  void a_frame_is_written_with_its_content() {
    start(1);
    assertThat(write(frame(RUN, "f1", "hello")).firstSeq()).isEqualTo(2);
    assertThat(facts(RUN).getLast()).isEqualTo(Drafts.frame("f1", "hello"));
  }

  @Test
  @Tag("G4")
  @Tag("scenario-10")
  void the_same_frame_again_is_a_duplicate_and_changes_nothing() {
    start(1);
    write(frame(RUN, "f1", "hello"));
    write(frame(RUN, "f2", "and more"));
    RunHead before = head(RUN);
    assertThat(log().append(frame(RUN, "f1", "hello"))).isEqualTo(new Duplicate(3));
    assertThat(log().append(frame(RUN, "f1", "hello"))).isEqualTo(new Duplicate(3));
    assertThat(head(RUN)).isEqualTo(before);
    assertThat(frames(RUN)).containsExactly("f1", "f2");
  }

  @Test
  @Tag("G4")
  @Tag("scenario-10")
  void the_same_id_with_other_content_is_a_conflict() {
    start(1);
    write(frame(RUN, "f1", "hello"));
    assertRefused(frame(RUN, "f1", "something else"), CONFLICT);
  }

  @Test
  void the_same_id_in_another_run_is_another_frame() {
    RunId other = start(2);
    start(1);
    write(frame(RUN, "f1", "hello"));
    write(frame(other, "f1", "something else"));
    assertThat(frames(other)).containsExactly("f1");
  }

  @Test
  void the_same_frame_twice_in_a_batch_is_written_once() {
    start(1);
    List<Appended> outcomes =
        log()
            .append(
                List.of(
                    frame(RUN, "f1", "hello"),
                    frame(RUN, "f1", "hello"),
                    frame(RUN, "f1", "something else"),
                    frame(RUN, "f2", "more")));
    assertThat(outcomes.get(0)).isInstanceOf(Written.class);
    assertThat(outcomes.get(1)).isInstanceOf(Duplicate.class);
    assertThat(outcomes.get(2))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.why()).isEqualTo(CONFLICT));
    assertThat(outcomes.get(3)).isInstanceOf(Written.class);
    assertThat(frames(RUN)).containsExactly("f1", "f2");
    assertThat(sequences(RUN)).containsExactly(1L, 2L, 3L);
  }

  @Test
  @Tag("G4")
  @Tag("scenario-10")
  void of_a_hundred_concurrent_repetitions_one_is_written() {
    start(1);
    List<Appended> outcomes = Race.of(100, _ -> log().append(frame(RUN, "f1", "hello")));
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Duplicate.class::isInstance).hasSize(99);
    assertThat(frames(RUN)).containsExactly("f1");
  }

  @Test
  @Tag("G4")
  @Tag("scenario-10")
  void of_concurrent_contents_under_one_id_one_is_written_and_the_others_conflict() {
    start(1);
    List<Appended> outcomes = Race.of(20, i -> log().append(frame(RUN, "f1", "text " + i)));
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Refused.class::isInstance)
        .hasSize(19)
        .containsOnly(new Refused(CONFLICT, 2, 0));
    assertThat(frames(RUN)).containsExactly("f1");
  }

  @Test
  void a_frame_that_was_taken_is_a_duplicate_also_after_the_end() {
    start(1);
    write(frame(RUN, "f1", "hello"));
    write(Drafts.complete(RUN, write(Drafts.acquire(RUN, NODE)).epoch()));
    assertThat(log().append(frame(RUN, "f1", "hello"))).isEqualTo(new Duplicate(3));
    assertRefused(frame(RUN, "f1", "something else"), CONFLICT);
    assertRefused(frame(RUN, "f2", "too late"), ENDED);
  }

  @Test
  @Tag("G14")
  @Tag("scenario-31")
  void a_stranger_learns_nothing_about_a_frame() {
    start(1);
    write(frame(RUN, "f1", "hello"));
    Append stranger = Append.of(RUN, OPEN.ownedBy(STRANGER), List.of(Drafts.frame("f1", "hello")));
    assertRefused(stranger.with(Drafts.key(Drafts.frame("f1", "hello"))), FOREIGN);
    assertRefused(stranger.with(Drafts.key(Drafts.frame("f1", "something else"))), FOREIGN);
  }

  @Test
  void a_refused_write_does_not_use_up_its_key() {
    start(1);
    Append early =
        Append.of(RUN, OPEN.atSeq(7), List.of(Drafts.frame("f1", "too early")))
            .with(new FrameKey(new FrameId("f1"), Digest.ofText("another content")));
    assertRefused(early, MOVED);
    write(frame(RUN, "f1", "hello"));
    assertThat(frames(RUN)).containsExactly("f1");
  }

  @Test
  void a_frame_wakes_a_run_that_waits_for_nothing_else() {
    start(Drafts.start(RUN).with(Wake.NEVER));
    assertThat(store().index().due(10)).isEmpty();
    write(frame(RUN, "f1", "hello"));
    assertThat(store().index().due(10)).extracting(RunHead::runId).containsExactly(RUN);
  }

  @Test
  void a_repeated_frame_wakes_nobody() {
    start(1);
    write(frame(RUN, "f1", "hello"));
    write(Drafts.deltas(RUN, OPEN, "consumed").with(Wake.NEVER));
    assertThat(log().append(frame(RUN, "f1", "hello"))).isInstanceOf(Duplicate.class);
    assertThat(head(RUN).wakeAt()).isNull();
  }

  @Test
  void a_frame_lands_under_a_lease_and_moves_the_log_for_its_executor() {
    long epoch = startAndAcquire(RUN, NODE);
    write(frame(RUN, "f1", "hello"));
    assertRefused(
        Drafts.deltas(RUN, Precondition.executor(epoch).atSeq(1), "decided too early"), MOVED);
    write(Drafts.deltas(RUN, Precondition.executor(epoch).atSeq(2), "decided again"));
  }

  private List<String> frames(RunId runId) {
    return facts(runId).stream()
        .filter(FrameAccepted.class::isInstance)
        .map(event -> ((FrameAccepted) event).frameId().value())
        .toList();
  }
}
