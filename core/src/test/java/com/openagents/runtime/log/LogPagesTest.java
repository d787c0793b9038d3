package com.openagents.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan.From;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Several logs are read to their heads, each page while the one before it is worked on.
class LogPagesTest {

  private static final String PAYLOAD = "{}";

  /// Logs of which each event says where it is, and what was asked of them.
  private static final class Logs implements LogScan {
    final List<Integer> lengths;
    final List<List<From>> asked = new ArrayList<>();

    Logs(Integer... lengths) {
      this.lengths = List.of(lengths);
    }

    @Override
    public List<StoredEvent> read(List<From> from, int perRun, int max, long characters) {
      asked.add(from);
      long byTheirSize = (characters + PAYLOAD.length() - 1) / PAYLOAD.length();
      return from.stream()
          .flatMap(one ->
              LongStream.rangeClosed(one.after() + 1, length(one.runId()))
                  .limit(perRun)
                  .mapToObj(seq -> event(one.runId(), seq)))
          .limit(Math.min(max, byTheirSize))
          .toList();
    }

    private int length(RunId runId) {
      return lengths.get((int) runId.value().getLeastSignificantBits());
    }

    LogPages pages(int perRun, int max) {
      return pages(perRun, max, 1_000);
    }

    LogPages pages(int perRun, int max, long characters) {
      return new LogPages(
          this,
          IntStream.range(0, lengths.size()).mapToObj(number -> new From(run(number), 0)).toList(),
          perRun,
          max,
          characters);
    }

    @Override
    public List<Reach> runs(@Nullable RunId after, int limit) {
      return List.of();
    }

    @Override
    public Map<ThreadId, List<RunId>> runsOf(Collection<ThreadId> threads) {
      return Map.of();
    }
  }

  private static RunId run(long number) {
    return new RunId(new UUID(0, number));
  }

  private static StoredEvent event(RunId runId, long seq) {
    return new StoredEvent(runId, seq, "note", 1, PAYLOAD, Instant.EPOCH, null, null);
  }

  private static List<StoredEvent> all(LogPages pages) {
    List<StoredEvent> all = new ArrayList<>();
    for (List<StoredEvent> page = pages.next(); !page.isEmpty(); page = pages.next()) {
      all.addAll(page);
    }
    return all;
  }

  @Test
  void every_event_comes_once_and_in_its_place_whatever_a_page_holds() {
    for (int perRun = 1; perRun <= 6; perRun++) {
      for (int max = 1; max <= 12; max++) {
        Logs logs = new Logs(3, 0, 5, 1, 4);
        List<StoredEvent> all = all(logs.pages(perRun, max));
        for (int number = 0; number < logs.lengths.size(); number++) {
          RunId runId = run(number);
          assertThat(all)
              .as("%d of each run, %d in all", perRun, max)
              .filteredOn(event -> event.runId().equals(runId))
              .extracting(StoredEvent::seq)
              .containsExactlyElementsOf(
                  LongStream.rangeClosed(1, logs.lengths.get(number)).boxed().toList());
        }
        assertThat(all).hasSize(13);
      }
    }
  }

  @Test
  void every_event_comes_once_whatever_a_page_holds_by_its_size() {
    for (int characters = 1; characters <= 20; characters++) {
      List<StoredEvent> all = all(new Logs(3, 0, 5, 1, 4).pages(6, 20, characters));
      assertThat(all).as("%d characters", characters).hasSize(13).doesNotHaveDuplicates();
    }
  }

  @Test
  void the_next_page_is_asked_for_before_a_page_is_worked_on() {
    Logs logs = new Logs(5);
    LogPages pages = logs.pages(2, 2);
    assertThat(logs.asked).hasSize(1);
    assertThat(pages.next()).extracting(StoredEvent::seq).containsExactly(1L, 2L);
    assertThat(logs.asked).hasSize(2).last().isEqualTo(List.of(new From(run(0), 2)));
  }

  @Test
  void a_log_at_its_head_is_not_asked_for_again() {
    Logs logs = new Logs(2, 3, 4, 9);
    LogPages pages = logs.pages(4, 6);
    pages.next();
    assertThat(logs.asked.getLast()).containsExactly(new From(run(2), 1), new From(run(3), 0));
    assertThat(pages.reading(run(1))).isFalse();
    assertThat(pages.reading(run(2))).isTrue();
    assertThat(all(pages)).hasSize(12);
    assertThat(logs.asked).hasSize(4);
  }

  @Test
  void a_log_that_is_left_is_read_no_further() {
    Logs logs = new Logs(9, 9);
    LogPages pages = logs.pages(2, 10);
    pages.next();
    pages.leave(run(0));
    assertThat(pages.next()).hasSize(4);
    assertThat(all(pages)).allMatch(event -> event.runId().equals(run(1))).hasSize(5);
  }

  @Test
  void nothing_is_asked_where_there_is_nothing_to_read() {
    Logs logs = new Logs();
    assertThat(logs.pages(1, 1).next()).isEmpty();
    assertThat(logs.asked).isEmpty();
  }
}
