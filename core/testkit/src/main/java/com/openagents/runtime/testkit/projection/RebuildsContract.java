package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.projection.DocumentDrafts.RUNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Progress;
import com.openagents.runtime.projection.Rebuild.Proof;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What keeping rebuilds promises: each is carried out in turn, by whoever writes, until it ends
/// once.
///
/// Not asserted: what a rebuild does.
@Tag("G11")
public abstract class RebuildsContract extends ProjectionSuite {

  private static final Request ALL = new Request(new Scope.All(), false, "operator:one");

  private static final Progress FAR =
      new Progress(
          Drafts.runId(7),
          Map.of(RUNS, 3L, "thread_summary", 1L << 40),
          8,
          9_000_000_000L,
          10,
          11,
          List.of("the first line", DocumentDrafts.AWKWARD),
          List.of(
              new Proof("before", RUNS, new DocumentsDigest(12, Digest.ofText("before"))),
              new Proof("after", RUNS, new DocumentsDigest(13, Digest.ofText("after")))));

  private Rebuilds rebuilds() {
    return store().rebuilds();
  }

  private Rebuild found(long number) {
    Rebuild told =
        rebuilds().recent(100).stream()
            .filter(rebuild -> rebuild.number() == number)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no rebuild " + number));
    assertThat(rebuilds().find(number)).contains(told);
    return told;
  }

  /// The same as if it had been kept at no particular time.
  private static Rebuild timeless(Rebuild rebuild) {
    return new Rebuild(
        rebuild.number(),
        rebuild.request(),
        rebuild.phase(),
        rebuild.progress(),
        rebuild.requestedAt(),
        rebuild.requestedAt());
  }

  @Test
  void a_rebuild_is_kept_as_it_was_asked_for() {
    for (Scope scope :
        List.of(
            new Scope.All(),
            new Scope.Projection(RUNS),
            new Scope.OneRun(Drafts.runId(3)),
            new Scope.OneThread(new ThreadId("a/thread:1~")),
            new Scope.Retired("left"))) {
      Request request = new Request(scope, scope instanceof Scope.OneRun, "operator:" + scope);
      Rebuild asked = rebuilds().request(request);
      assertThat(asked.request()).isEqualTo(request);
      assertThat(asked.phase()).isEqualTo(Phase.REQUESTED);
      assertThat(asked.progress()).isEqualTo(Progress.NONE);
      assertThat(Duration.between(asked.requestedAt(), store().now()).abs())
          .isLessThan(Duration.ofMinutes(1));
      assertThat(found(asked.number())).isEqualTo(asked);
    }
  }

  @Test
  void numbers_rise_and_the_newest_is_told_first() {
    long first = rebuilds().request(ALL).number();
    long second = rebuilds().request(ALL).number();
    long third = rebuilds().request(ALL).number();
    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
    assertThat(rebuilds().recent(10))
        .extracting(Rebuild::number)
        .containsExactly(third, second, first);
    assertThat(rebuilds().recent(2)).extracting(Rebuild::number).containsExactly(third, second);
  }

  @Test
  void each_is_found_by_its_number_however_many_came_behind_it() {
    List<Rebuild> asked = Stream.generate(() -> rebuilds().request(ALL)).limit(20).toList();

    assertThat(asked).allSatisfy(one -> assertThat(rebuilds().find(one.number())).contains(one));
  }

  @Test
  void the_oldest_that_has_not_ended_is_next() {
    assertThat(rebuilds().unfinished()).isEmpty();
    long epoch = lead().epoch();
    Rebuild first = rebuilds().request(ALL);
    Rebuild second = rebuilds().request(ALL);
    assertThat(rebuilds().unfinished()).contains(first);
    assertThat(rebuilds().save(epoch, first.in(Phase.SWEEPING, FAR))).isTrue();
    assertThat(rebuilds().unfinished().map(Rebuild::number)).contains(first.number());
    assertThat(rebuilds().save(epoch, first.in(Phase.DONE, FAR))).isTrue();
    assertThat(rebuilds().unfinished()).contains(second);
    assertThat(rebuilds().cancel(second.number())).isTrue();
    assertThat(rebuilds().unfinished()).isEmpty();
  }

  @Test
  void how_far_it_has_come_is_kept() {
    long epoch = lead().epoch();
    Rebuild rebuild = rebuilds().request(ALL);
    for (Phase phase : List.of(Phase.BEGINNING, Phase.FOLDING, Phase.SWEEPING)) {
      assertThat(rebuilds().save(epoch, rebuild.in(phase, FAR))).isTrue();
      assertThat(timeless(found(rebuild.number()))).isEqualTo(timeless(rebuild.in(phase, FAR)));
    }
    assertThat(rebuilds().save(epoch, rebuild.in(Phase.FOLDING, Progress.NONE))).isTrue();
    assertThat(rebuilds().unfinished().map(Rebuild::progress)).contains(Progress.NONE);
  }

  @Test
  void what_has_ended_stays_as_it_ended() {
    long epoch = lead().epoch();
    Rebuild done = rebuilds().request(ALL);
    Rebuild canceled = rebuilds().request(ALL);
    assertThat(rebuilds().save(epoch, done.in(Phase.DONE, FAR))).isTrue();
    assertThat(rebuilds().cancel(canceled.number())).isTrue();
    assertThat(rebuilds().save(epoch, done.in(Phase.FOLDING, Progress.NONE))).isFalse();
    assertThat(rebuilds().save(epoch, canceled.in(Phase.FOLDING, FAR))).isFalse();
    assertThat(rebuilds().cancel(done.number())).isFalse();
    assertThat(rebuilds().cancel(canceled.number())).isFalse();
    assertThat(timeless(found(done.number()))).isEqualTo(timeless(done.in(Phase.DONE, FAR)));
    assertThat(found(canceled.number()).phase()).isEqualTo(Phase.CANCELED);
  }

  @Test
  void a_rebuild_that_is_canceled_keeps_how_far_it_came() {
    long epoch = lead().epoch();
    Rebuild rebuild = rebuilds().request(ALL);
    assertThat(rebuilds().save(epoch, rebuild.in(Phase.FOLDING, FAR))).isTrue();
    assertThat(rebuilds().cancel(rebuild.number())).isTrue();
    assertThat(found(rebuild.number()).progress()).isEqualTo(FAR);
  }

  @Test
  void what_was_never_asked_for_is_neither_kept_nor_canceled() {
    long epoch = lead().epoch();
    Rebuild rebuild = rebuilds().request(ALL);
    Rebuild other =
        new Rebuild(
            rebuild.number() + 100,
            ALL,
            Phase.FOLDING,
            FAR,
            rebuild.requestedAt(),
            rebuild.requestedAt());
    assertThat(rebuilds().save(epoch, other)).isFalse();
    assertThat(rebuilds().cancel(other.number())).isFalse();
    assertThat(rebuilds().find(other.number())).isEmpty();
    assertThat(rebuilds().recent(10)).containsExactly(rebuild);
  }

  @Test
  void nothing_is_kept_under_an_epoch_that_is_over() {
    long epoch = lead().epoch();
    Rebuild rebuild = rebuilds().request(ALL);
    assertThat(rebuilds().save(epoch, rebuild.in(Phase.FOLDING, FAR))).isTrue();
    long next = takeOver();
    Rebuild ended = rebuild.in(Phase.DONE, Progress.NONE);
    assertThatThrownBy(() -> rebuilds().save(epoch, ended)).isInstanceOf(WriterFenced.class);
    assertThat(rebuilds().unfinished().map(Rebuild::phase)).contains(Phase.FOLDING);
    assertThat(rebuilds().save(next, ended)).isTrue();
    assertThat(rebuilds().unfinished()).isEmpty();
  }

  @Test
  void concurrent_requests_are_all_kept() {
    List<Long> numbers = Race.of(8, _ -> rebuilds().request(ALL).number());
    assertThat(numbers).doesNotHaveDuplicates();
    assertThat(rebuilds().recent(10))
        .extracting(Rebuild::number)
        .containsExactlyInAnyOrderElementsOf(numbers);
  }

  @Test
  void a_cancel_that_meets_progress_counts() {
    long epoch = lead().epoch();
    for (int round = 0; round < 5; round++) {
      Rebuild rebuild = rebuilds().request(ALL);
      List<Boolean> outcomes =
          Race.of(
              8,
              number ->
                  number == 0
                      ? rebuilds().cancel(rebuild.number())
                      : rebuilds().save(epoch, rebuild.in(Phase.FOLDING, FAR)));
      assertThat(outcomes.getFirst()).isTrue();
      assertThat(found(rebuild.number()).phase()).isEqualTo(Phase.CANCELED);
      assertThat(rebuilds().save(epoch, rebuild.in(Phase.FOLDING, FAR))).isFalse();
    }
    assertThat(rebuilds().unfinished()).isEmpty();
  }
}
