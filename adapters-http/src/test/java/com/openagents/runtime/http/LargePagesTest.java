package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A page of large events ends early, and the next goes on behind it.
class LargePagesTest {

  private static final int LARGE = 50;
  private static final int SMALL = 300;
  private static final int PAGE_CHARS_MAX = (1 << 20) + 32 * (130 << 10);

  @Test
  void no_page_is_much_larger_than_a_megabyte_and_none_leaves_an_event_out() {
    try (Service service = new Service(Service.Settings.TRUSTING)) {
      service.unsigned().post("/internal/v1/runs", Started.idle(1));
      append(service, SMALL, "small");
      append(service, LARGE, "x".repeat(128 << 10));
      List<Long> seqs = new ArrayList<>();
      long head = service.log().head(Started.runId(1)).orElseThrow().lastSeq();
      int pages = 0;
      while (seqs.isEmpty() || seqs.getLast() < head) {
        long after = seqs.isEmpty() ? 0 : seqs.getLast();
        Reply page = service.unsigned().get(Started.path(1) + "/events?limit=1000&after=" + after);
        assertThat(page.text().length()).isLessThan(PAGE_CHARS_MAX);
        List<Long> more = seqs(page);
        assertThat(more).isNotEmpty();
        seqs.addAll(more);
        pages++;
      }
      assertThat(seqs).isEqualTo(LongStream.rangeClosed(1, head).boxed().toList());
      assertThat(pages).isGreaterThan(1);
    }
  }

  @Test
  void a_page_of_small_events_is_as_long_as_was_asked_for() {
    try (Service service = new Service(Service.Settings.TRUSTING)) {
      service.unsigned().post("/internal/v1/runs", Started.idle(1));
      append(service, SMALL, "small");
      assertThat(seqs(service.unsigned().get(Started.path(1) + "/events?limit=250"))).hasSize(250);
    }
  }

  private static void append(Service service, int count, String text) {
    for (int i = 0; i < count; i++) {
      service.log().append(Drafts.deltas(Started.runId(1), Precondition.NONE, text));
    }
  }

  private static List<Long> seqs(Reply page) {
    int count = ((Json.Arr) page.at("events")).items().size();
    return IntStream.range(0, count).mapToObj(i -> page.number("events", i, "seq")).toList();
  }
}
