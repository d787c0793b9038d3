package com.openagents.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who opens the stream of a run that this node has just begun gets it without a look at the store,
/// and never less than the log has.
@Tag("G6")
class RecentRunsTest {

  private final ObservedLog log =
      new ObservedLog(new InMemoryStore(new VirtualTime(Instant.EPOCH)).log());
  private final ManualExecutor executor = new ManualExecutor();
  private final Tails tails =
      new Tails(
          log,
          new OpeningReads(log, OpeningReads.Bounds.DEFAULT, System::nanoTime),
          executor,
          1_000);

  private static List<Long> seqs(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private GrowingRun begun(int number) {
    return GrowingRun.toldOf(log, number, tails);
  }

  private Reader follow(GrowingRun run, long after) {
    Reader reader = new Reader();
    tails.subscribe(run.id(), after, reader);
    executor.runAll();
    return reader;
  }

  @Test
  void the_store_is_not_asked_for_a_run_that_was_begun_here() {
    GrowingRun run = begun(1);
    run.grow(4, tails);
    Reader reader = follow(run, 0);
    assertThat(reader.got()).isEqualTo(seqs(1, 5));
    assertThat(follow(run, 3).got()).isEqualTo(seqs(4, 5));

    run.grow(2, tails);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 7));
    assertThat(log.reads()).isEmpty();
    assertThat(tails.ownerAtHand(run.id())).contains(new Principal.User(1));
  }

  @Test
  void what_another_node_wrote_is_read() {
    GrowingRun run = begun(1);
    run.grow(3);
    tails.wake(run.id(), 4);
    assertThat(tails.ownerAtHand(run.id())).isEmpty();
    assertThat(follow(run, 0).got()).isEqualTo(seqs(1, 4));
  }

  @Test
  void news_that_overtake_those_of_the_start_are_not_missed() {
    GrowingRun run = GrowingRun.overtaken(log, 1, tails, runId -> tails.wake(runId, 4));
    run.grow(3);
    assertThat(tails.ownerAtHand(run.id())).isEmpty();
    assertThat(follow(run, 0).got()).isEqualTo(seqs(1, 4));
  }

  @Test
  void a_start_that_is_told_of_after_a_doubt_leaves_nothing_at_hand() {
    GrowingRun run = GrowingRun.overtaken(log, 1, tails, _ -> tails.doubt());
    assertThat(tails.ownerAtHand(run.id())).isEmpty();
    assertThat(follow(run, 0).got()).isEqualTo(seqs(1, 1));
    assertThat(log.reads()).isNotEmpty();
  }

  @Test
  void after_a_doubt_about_the_store_it_is_asked() {
    GrowingRun run = begun(1);
    run.grow(2, tails);
    tails.doubt();
    assertThat(tails.ownerAtHand(run.id())).isEmpty();
    assertThat(follow(run, 0).got()).isEqualTo(seqs(1, 3));
    assertThat(log.reads()).isNotEmpty();
  }

  @Test
  void a_reader_who_has_seen_more_than_is_at_hand_is_read_for() {
    GrowingRun run = begun(1);
    run.grow(9);
    assertThat(follow(run, 5).got()).isEqualTo(seqs(6, 10));
  }

  @Test
  void what_another_node_wrote_and_nobody_has_told_of_yet_comes_when_it_is_told() {
    GrowingRun run = begun(1);
    run.grow(3);
    Reader reader = follow(run, 0);
    assertThat(reader.got()).isEqualTo(seqs(1, 1));
    tails.wake(run.id(), 4);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 4));
  }

  @Test
  void a_log_with_a_gap_before_what_this_node_wrote_is_read() {
    GrowingRun run = begun(1);
    run.grow(3);
    run.grow(1, tails);
    assertThat(follow(run, 0).got()).isEqualTo(seqs(1, 5));
  }

  @Test
  void news_of_what_is_at_hand_changes_nothing() {
    GrowingRun run = begun(1);
    run.grow(1, tails);
    tails.wake(run.id(), 2);
    tails.wake(run.id(), 1);
    assertThat(follow(run, 0).got()).isEqualTo(seqs(1, 2));
    assertThat(log.reads()).isEmpty();
  }

  @Test
  void a_run_that_began_elsewhere_is_read() {
    GrowingRun run = new GrowingRun(log, 1);
    run.grow(2, tails);
    assertThat(tails.ownerAtHand(run.id())).isEmpty();
    assertThat(follow(run, 0).got()).isEqualTo(seqs(1, 3));
    assertThat(log.reads()).isNotEmpty();
  }

  @Test
  void what_is_at_hand_is_bounded_in_events() {
    GrowingRun run = begun(1);
    run.grow(RecentRuns.EVENTS_MAX - 1, tails);
    assertThat(tails.ownerAtHand(run.id())).isPresent();
    run.grow(1, tails);
    assertThat(tails.ownerAtHand(run.id())).isEmpty();
    assertThat(follow(run, 0).got()).isEqualTo(seqs(1, RecentRuns.EVENTS_MAX + 1));
  }

  @Test
  void what_is_at_hand_is_bounded_in_characters() {
    GrowingRun run = begun(1);
    run.tell(tails, new MessageDelta("m", "x".repeat(RecentRuns.CHARS_MAX / 2)));
    assertThat(tails.ownerAtHand(run.id())).isPresent();
    run.tell(tails, new MessageDelta("m", "x".repeat(RecentRuns.CHARS_MAX / 2)));
    assertThat(tails.ownerAtHand(run.id())).isEmpty();
  }

  @Test
  void of_many_runs_the_last_are_at_hand() {
    List<GrowingRun> all =
        LongStream.rangeClosed(0, RecentRuns.RUNS_MAX)
            .mapToObj(number -> begun(Math.toIntExact(number)))
            .toList();
    assertThat(tails.ownerAtHand(all.getFirst().id())).isEmpty();
    assertThat(tails.ownerAtHand(all.get(1).id())).isPresent();
    assertThat(tails.ownerAtHand(all.getLast().id())).isPresent();
  }
}
