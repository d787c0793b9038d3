package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing.Look;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What reading many logs at once promises: each as it is, without what may age out.
///
/// Not asserted: that all runs are seen at one moment.
@Tag("G10")
public abstract class LogScanContract extends ProjectionSuite {

  private static final long MUCH = 1L << 40;

  private LogScan scan() {
    return store().scan();
  }

  private void start(int run, String thread) {
    write(Drafts.start(runId(run), Drafts.spec(new ThreadId(thread), Drafts.OWNER)));
  }

  /// A run of so many events.
  private void spoken(int run, int events) {
    start(run, "thread-" + run);
    List<Event.Known> said =
        IntStream.range(1, events).<Event.Known>mapToObj(i -> Drafts.said("text " + i)).toList();
    if (!said.isEmpty()) {
      write(Append.of(runId(run), Precondition.OPEN, said));
    }
  }

  private static String place(StoredEvent event) {
    return event.runId().toString().substring(34) + "/" + event.seq();
  }

  private List<String> read(List<From> from, int perRun, int max) {
    return scan().read(from, perRun, max, MUCH).stream().map(LogScanContract::place).toList();
  }

  private static From from(int run, long after) {
    return new From(runId(run), after);
  }

  @Test
  void events_come_in_the_order_of_the_list_then_of_sequence() {
    spoken(1, 3);
    spoken(2, 2);
    spoken(3, 1);
    assertThat(read(List.of(from(3, 0), from(1, 0), from(2, 0)), 10, 100))
        .containsExactly("03/1", "01/1", "01/2", "01/3", "02/1", "02/2");
    assertThat(read(List.of(from(2, 0)), 10, 100)).containsExactly("02/1", "02/2");
  }

  @Test
  void each_run_is_read_behind_what_was_seen_of_it() {
    spoken(1, 5);
    spoken(2, 5);
    assertThat(read(List.of(from(1, 3), from(2, 4)), 10, 100))
        .containsExactly("01/4", "01/5", "02/5");
    assertThat(read(List.of(from(1, 5), from(2, 0)), 2, 100)).containsExactly("02/1", "02/2");
    assertThat(read(List.of(from(1, 99)), 10, 100)).isEmpty();
  }

  @Test
  void no_run_gives_more_than_its_share() {
    spoken(1, 5);
    spoken(2, 2);
    spoken(3, 4);
    assertThat(read(List.of(from(1, 0), from(2, 0), from(3, 1)), 3, 100))
        .containsExactly("01/1", "01/2", "01/3", "02/1", "02/2", "03/2", "03/3", "03/4");
  }

  @Test
  void no_more_events_come_than_are_asked_for() {
    spoken(1, 3);
    spoken(2, 3);
    List<From> from = List.of(from(1, 0), from(2, 0));
    assertThat(read(from, 10, 4)).containsExactly("01/1", "01/2", "01/3", "02/1");
    assertThat(read(from, 10, 3)).containsExactly("01/1", "01/2", "01/3");
    assertThat(read(from, 2, 3)).containsExactly("01/1", "01/2", "02/1");
    assertThat(read(from, 10, 1)).containsExactly("01/1");
  }

  @Test
  void a_page_ends_with_the_event_that_reaches_so_many_characters() {
    spoken(1, 3);
    spoken(2, 3);
    List<From> from = List.of(from(1, 0), from(2, 0));
    List<StoredEvent> all = scan().read(from, 10, 100, MUCH);
    long reached = 0;
    for (int events = 1; events <= all.size(); events++) {
      long characters = reached + 1;
      reached += all.get(events - 1).payload().length();
      assertThat(scan().read(from, 10, 100, characters)).isEqualTo(all.subList(0, events));
      assertThat(scan().read(from, 10, 100, reached)).isEqualTo(all.subList(0, events));
    }
    assertThat(scan().read(from, 10, 100, reached + 1)).isEqualTo(all);
    assertThat(scan().read(List.of(from(2, 2)), 10, 100, 1)).isEqualTo(all.subList(5, 6));
  }

  @Test
  void a_page_of_large_events_is_small() {
    start(1, "thread-1");
    for (int i = 0; i < 8; i++) {
      write(Append.of(runId(1), Precondition.OPEN, List.of(Drafts.said("x".repeat(100_000)))));
    }
    assertThat(scan().read(List.of(from(1, 1)), 100, 1_000, 250_000)).hasSize(3);
    assertThat(scan().read(List.of(from(1, 1)), 100, 1_000, 100_000)).hasSize(1);
  }

  @Test
  void what_was_begun_gives_what_a_read_gives() {
    spoken(1, 3);
    spoken(2, 3);
    List<From> from = List.of(from(2, 1), from(1, 0), from(9, 0));
    for (int max : List.of(10, 4, 1)) {
      List<StoredEvent> read = scan().read(from, 2, max, MUCH);
      assertThat(read).isNotEmpty();
      assertThat(scan().begin(from, 2, max, MUCH).get()).isEqualTo(read);
    }
  }

  @Test
  void what_was_begun_misses_nothing_that_was_there() {
    spoken(1, 2);
    Supplier<List<StoredEvent>> begun = scan().begin(List.of(from(1, 0)), 10, 10, MUCH);
    write(Append.of(runId(1), Precondition.OPEN, List.of(Drafts.said("later"))));
    assertThat(begun.get()).extracting(StoredEvent::seq).startsWith(1L, 2L);
  }

  @Test
  void unknown_runs_have_no_events() {
    spoken(1, 1);
    assertThat(read(List.of(from(8, 0), from(1, 0), from(9, 3)), 10, 10)).containsExactly("01/1");
  }

  @Test
  void many_runs_are_read_in_one_look() {
    List<From> from = new ArrayList<>();
    List<RunId> expected = new ArrayList<>();
    for (int run = 300; run > 0; run--) {
      spoken(run, 1);
      from.add(from(run, 0));
      expected.add(runId(run));
    }
    assertThat(scan().read(from, 10, 10_000, MUCH))
        .extracting(StoredEvent::runId)
        .isEqualTo(expected);
  }

  /// Everything but the pieces, as the log has it, and pieces without their content.
  private void assertToldAsTheLog(RunId run) {
    List<StoredEvent> told = scan().read(List.of(new From(run, 0)), 100, 100, MUCH);
    List<StoredEvent> log = store().log().read(run, 0, 100);
    assertThat(log).isNotEmpty();
    assertThat(told).hasSameSizeAs(log);
    for (int i = 0; i < log.size(); i++) {
      assertThat(told.get(i)).isEqualTo(ages(log.get(i)) ? bare(log.get(i)) : log.get(i));
    }
  }

  private static boolean ages(StoredEvent event) {
    return EventType.named(event.type()).orElseThrow().retention() == Retention.DELTA;
  }

  private static StoredEvent bare(StoredEvent e) {
    return new StoredEvent(
        e.runId(), e.seq(), e.type(), e.version(), "{}", e.occurredAt(), e.traceId(), e.epoch());
  }

  @Test
  void what_may_age_comes_without_its_content_and_all_else_as_it_is() {
    start(1, "thread");
    write(Drafts.frame(runId(1), "f", DocumentDrafts.AWKWARD));
    write(Drafts.acquire(runId(1), Drafts.NODE));
    write(
        Append.of(
            runId(1),
            Precondition.executor(1),
            List.of(
                new MessageDelta("1.1.1.1", "all "),
                new ReasoningDelta("1.1.1.2", "hm"),
                new MessageDelta("1.1.1.1", "of it"),
                Drafts.said("all of it"))));
    assertToldAsTheLog(runId(1));
    assertThat(scan().read(List.of(from(1, 2)), 3, 9, MUCH))
        .extracting(StoredEvent::payload)
        .containsExactly("{}", "{}", "{}");
  }

  @Test
  void a_fork_is_told_as_a_log_of_its_own() {
    spoken(1, 4);
    write(Drafts.fork(runId(1), 3, runId(2)));
    write(Append.of(runId(2), Precondition.OPEN, List.of(Drafts.said("another way"))));
    assertToldAsTheLog(runId(1));
    assertToldAsTheLog(runId(2));
    assertThat(scan().runs(null, 10))
        .containsExactly(reach(1), reach(2))
        .extracting(Reach::lastSeq)
        .doesNotContain(0L);
  }

  private Reach reach(int run) {
    return new Reach(runId(run), store().log().head(runId(run)).orElseThrow().lastSeq());
  }

  @Test
  void what_aged_out_leaves_its_place_to_others() {
    start(1, "thread");
    write(Drafts.deltas(runId(1), Precondition.OPEN, "a", "b", "c", "d"));
    write(Append.of(runId(1), Precondition.OPEN, List.of(Drafts.said("abcd"))));
    spoken(2, 1);
    AgedRange range =
        new AgedRange(
            2,
            4,
            Digest.ofText("the chain"),
            "key-1",
            "c2lnbmF0dXJl",
            Instant.parse("2026-01-02T03:04:05.678901Z"));
    assertThat(store().ageing().note(new Look(runId(1), 0, 5, List.of(range), null))).isTrue();
    while (store().ageing().remove(100) > 0) {
      assertThat(store().log().read(runId(1), 0, 100)).hasSizeLessThan(6);
    }
    assertThat(read(List.of(from(1, 0), from(2, 0)), 2, 10))
        .containsExactly("01/1", "01/5", "02/1");
    assertThat(read(List.of(from(1, 2)), 10, 10)).containsExactly("01/5", "01/6");
    assertThat(scan().runs(null, 10)).containsExactly(reach(1), reach(2));
  }

  @Test
  void all_runs_are_paged_through_in_the_order_of_their_ids() {
    for (int run : List.of(3, 1, 5, 2, 4)) {
      spoken(run, run);
    }
    assertThat(scan().runs(null, 10))
        .containsExactly(
            new Reach(runId(1), 1),
            new Reach(runId(2), 2),
            new Reach(runId(3), 3),
            new Reach(runId(4), 4),
            new Reach(runId(5), 5));
    assertThat(scan().runs(null, 2)).extracting(Reach::runId).containsExactly(runId(1), runId(2));
    assertThat(scan().runs(runId(2), 2))
        .extracting(Reach::runId)
        .containsExactly(runId(3), runId(4));
    assertThat(scan().runs(runId(5), 2)).isEmpty();
  }

  @Test
  void threads_know_their_runs_in_the_order_of_ids() {
    start(3, "a");
    start(1, "a");
    start(2, "b");
    start(4, "A");
    Map<ThreadId, List<RunId>> runs =
        scan().runsOf(List.of(new ThreadId("a"), new ThreadId("b"), new ThreadId("nobody")));
    assertThat(runs)
        .isEqualTo(
            Map.of(
                new ThreadId("a"),
                List.of(runId(1), runId(3)),
                new ThreadId("b"),
                List.of(runId(2))));
    assertThat(scan().runsOf(List.of())).isEmpty();
  }
}
