package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Appended.Refusal.CONFLICT;
import static com.openagents.runtime.log.Appended.Refusal.ENDED;
import static com.openagents.runtime.log.Appended.Refusal.FOREIGN;
import static com.openagents.runtime.log.Appended.Refusal.UNKNOWN_RUN;
import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OWNER;
import static com.openagents.runtime.testkit.Drafts.STRANGER;
import static com.openagents.runtime.testkit.Drafts.frame;
import static com.openagents.runtime.testkit.Drafts.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What several frames of one run in one batch promise: the same as one after the other.
public abstract class FramesTogetherContract extends StoreContract {

  @Test
  @Tag("G2")
  void they_are_in_the_log_in_their_order_and_each_is_told_its_place() {
    start(1);
    List<Appended> outcomes = append("a", "b", "c");
    assertThat(outcomes).extracting(o -> ((Written) o).firstSeq()).containsExactly(2L, 3L, 4L);
    assertThat(outcomes).extracting(o -> ((Written) o).lastSeq()).containsExactly(2L, 3L, 4L);
    assertThat(outcomes).extracting(o -> ((Written) o).epoch()).containsOnly(0L);
    assertThat(frames()).containsExactly("a", "b", "c");
    assertThat(head(RUN).lastSeq()).isEqualTo(4);
  }

  @Test
  @Tag("G4")
  void those_that_were_taken_before_are_repetitions_and_the_others_are_taken() {
    start(1);
    append("b", "d");
    assertThat(append("a", "b", "c", "d"))
        .satisfiesExactly(
            taken -> assertThat(taken).isInstanceOf(Written.class),
            known -> assertThat(known).isEqualTo(new Duplicate(4)),
            taken -> assertThat(taken).isInstanceOf(Written.class),
            known -> assertThat(known).isEqualTo(new Duplicate(5)));
    assertThat(frames()).containsExactly("b", "d", "a", "c");
    assertThat(append("a", "b", "c", "d")).containsOnly(new Duplicate(5));
  }

  @Test
  @Tag("G4")
  void the_same_frame_twice_is_taken_once_and_another_under_its_id_is_a_conflict() {
    start(1);
    List<Appended> outcomes =
        log()
            .append(
                List.of(
                    frame(RUN, "a", "one"),
                    frame(RUN, "a", "one"),
                    frame(RUN, "a", "two"),
                    frame(RUN, "b", "three")));
    assertThat(outcomes.subList(1, 3))
        .containsExactly(new Duplicate(2), new Refused(CONFLICT, 2, 0));
    assertThat(frames()).containsExactly("a", "b");
    assertThat(sequences(RUN)).containsExactly(1L, 2L, 3L);
  }

  @Test
  @Tag("G4")
  void another_content_under_an_id_that_was_taken_before_is_a_conflict() {
    start(1);
    write(frame(RUN, "a", "one"));
    List<Appended> outcomes =
        log().append(List.of(frame(RUN, "a", "two"), frame(RUN, "b", "three")));
    assertThat(outcomes.getFirst()).isEqualTo(new Refused(CONFLICT, 2, 0));
    assertThat(outcomes.getLast()).isInstanceOf(Written.class);
  }

  @Test
  @Tag("G14")
  @Tag("scenario-31")
  void a_stranger_learns_nothing_and_leaves_nothing() {
    start(1);
    append("a");
    List<Append> foreign = List.of(by("a", STRANGER), by("b", STRANGER));
    assertThat(log().append(foreign)).containsOnly(new Refused(FOREIGN, 2, 0));
    assertThat(frames()).containsExactly("a");
    assertThat(append("b")).hasOnlyElementsOfType(Written.class);
  }

  @Test
  void an_ended_run_takes_none_and_knows_those_it_took() {
    long epoch = startAndAcquire(RUN, NODE);
    append("a");
    write(Drafts.complete(RUN, epoch));
    assertThat(append("a", "b", "c"))
        .containsExactly(
            new Duplicate(3), new Refused(ENDED, 3, epoch), new Refused(ENDED, 3, epoch));
    assertThat(frames()).containsExactly("a");
  }

  @Test
  void a_run_that_is_not_there_takes_none() {
    start(1);
    RunId unknown = Drafts.runId(9);
    List<Appended> outcomes =
        log()
            .append(
                List.of(frame(unknown, "a", "a"), frame(unknown, "b", "b"), frame(RUN, "a", "a")));
    assertThat(outcomes.subList(0, 2)).containsOnly(new Refused(UNKNOWN_RUN, 0, 0));
    assertThat(outcomes.getLast()).isInstanceOf(Written.class);
  }

  @Test
  void they_wake_their_run_when_one_of_them_does() {
    start(Drafts.start(RUN).with(Wake.NEVER));
    log().append(List.of(quiet("a"), quiet("b")));
    assertThat(head(RUN).wakeAt()).isNull();
    log().append(List.of(quiet("c"), frame(RUN, "d", "d"), quiet("e")));
    assertThat(head(RUN).wakeAt()).isNotNull();
  }

  @Test
  void other_writes_stay_in_their_place_between_them() {
    start(1);
    log()
        .append(
            List.of(
                frame(RUN, "a", "a"),
                frame(RUN, "b", "b"),
                Drafts.deltas(RUN, Precondition.OPEN.atSeq(3), "between"),
                frame(RUN, "c", "c"),
                frame(RUN, "d", "d")));
    assertThat(sequences(RUN)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(texts(RUN)).containsExactly("between");
    assertThat(events(RUN).get(3).event().type()).isEqualTo("message.delta");
  }

  @Test
  @Tag("G2")
  @Tag("G4")
  @Tag("scenario-9")
  void concurrent_batches_of_the_same_frames_take_each_once() {
    start(1);
    List<Append> batch =
        IntStream.range(0, 20).mapToObj(i -> frame(RUN, "f" + i, "text " + i)).toList();
    List<List<Appended>> outcomes =
        Race.of(12, i -> log().append(i % 2 == 0 ? batch : batch.reversed()));
    assertThat(outcomes.stream().flatMap(List::stream))
        .filteredOn(Written.class::isInstance)
        .hasSize(20);
    assertThat(outcomes.stream().flatMap(List::stream))
        .filteredOn(Duplicate.class::isInstance)
        .hasSize(220);
    assertThat(frames()).hasSize(20).doesNotHaveDuplicates();
    assertThat(sequences(RUN))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 21).boxed().toList());
  }

  private List<Appended> append(String... ids) {
    return log().append(List.of(ids).stream().map(id -> by(id, OWNER)).toList());
  }

  private static Append by(String id, Principal sender) {
    FrameAccepted accepted = frame(id, id);
    return Append.of(RUN, Precondition.OPEN.ownedBy(sender), List.of(accepted))
        .with(Wake.NOW)
        .with(key(accepted));
  }

  private static Append quiet(String id) {
    return by(id, OWNER).with(Wake.KEEP);
  }

  private List<String> frames() {
    return facts(RUN).stream()
        .filter(FrameAccepted.class::isInstance)
        .map(event -> ((FrameAccepted) event).frameId().value())
        .toList();
  }
}
