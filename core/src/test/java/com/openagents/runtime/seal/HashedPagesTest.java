package com.openagents.runtime.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.seal.HashedPages.HashedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Pages with hashes: the same hashes as in the bundle, and no event hashed twice without need.
class HashedPagesTest {

  private static final RunId RUN = SealedRun.RUN;

  /// A log that counts the events that are read, and may have lost one.
  private static final class WatchedLog implements EventLog {
    private final EventLog log;
    private final long lost;
    private final List<Long> read = new ArrayList<>();

    WatchedLog(EventLog log, long lost) {
      this.log = log;
      this.lost = lost;
    }

    @Override
    public List<Appended> append(List<Append> batch) {
      return log.append(batch);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      List<StoredEvent> page =
          log.read(runId, after, limit).stream().filter(event -> event.seq() != lost).toList();
      page.forEach(event -> read.add(event.seq()));
      return page;
    }

    @Override
    public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
      return log.readDurable(runId, after, limit);
    }

    @Override
    public Optional<RunHead> head(RunId runId) {
      return log.head(runId);
    }
  }

  private static List<String> lines(HashedPages.Page page) {
    assertThat(page).isInstanceOf(HashedPages.Hashed.class);
    return ((HashedPages.Hashed) page)
        .events().stream()
            .map((HashedEvent event) ->
                Bundle.eventLine(CanonicalJson.write(event.envelope()), event.hash()))
            .toList();
  }

  private static List<String> exported(SealedRun run) {
    return new String(run.bundle(), StandardCharsets.UTF_8).lines().skip(2).toList();
  }

  @Test
  void pages_have_the_lines_of_the_bundle_wherever_they_begin() {
    SealedRun run = new SealedRun().end().late(2);
    List<String> exported = exported(run);
    for (int after = 0; after <= 7; after++) {
      HashedPages pages = new HashedPages(run.log(), run.seals());
      assertThat(lines(pages.read(RUN, after, 100))).isEqualTo(exported.subList(after, 7));
      assertThat(lines(pages.read(RUN, after, 1)))
          .isEqualTo(exported.subList(after, Math.min(after + 1, 7)));
    }
  }

  @Test
  void a_page_goes_on_from_the_page_before_it() {
    SealedRun run = new SealedRun().end();
    WatchedLog log = new WatchedLog(run.log(), 0);
    HashedPages pages = new HashedPages(log, run.seals());
    for (int after = 0; after < 5; after++) {
      lines(pages.read(RUN, after, 1));
    }
    assertThat(log.read).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void a_page_after_the_seal_goes_on_from_it() {
    SealedRun run = new SealedRun().end().late(2);
    List<String> exported = exported(run);
    WatchedLog log = new WatchedLog(run.log(), 0);
    assertThat(lines(new HashedPages(log, run.seals()).read(RUN, 6, 10)))
        .isEqualTo(exported.subList(6, 7));
    assertThat(log.read).containsExactly(6L, 7L);
  }

  @Test
  void a_page_too_far_from_any_known_hash_is_refused_until_one_nearer_was_read() {
    SealedRun run = new SealedRun().end();
    HashedPages pages = new HashedPages(run.log(), run.seals(), 2);
    assertThat(pages.read(RUN, 3, 1)).isEqualTo(new HashedPages.TooFar(0));
    lines(pages.read(RUN, 2, 1));
    lines(pages.read(RUN, 4, 1));
  }

  @Test
  void nothing_is_hashed_across_an_event_that_has_aged_out() {
    SealedRun run = new SealedRun().end();
    HashedPages pages = new HashedPages(new WatchedLog(run.log(), 4), run.seals());
    assertThat(pages.read(RUN, 0, 10)).isEqualTo(new HashedPages.Aged(4));
    assertThat(pages.read(RUN, 5, 10)).isEqualTo(new HashedPages.Aged(4));
    lines(pages.read(RUN, 0, 3));
  }
}
