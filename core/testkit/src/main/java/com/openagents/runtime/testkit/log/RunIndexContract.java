package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OWNER;
import static com.openagents.runtime.testkit.Drafts.STRANGER;
import static com.openagents.runtime.testkit.Drafts.THREAD;
import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.Drafts.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.RunIndex.Before;
import com.openagents.runtime.log.RunIndex.Query;
import com.openagents.runtime.testkit.Drafts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a search for runs promises to people who page through them.
///
/// Not asserted: the order of runs that were created at the same microsecond, beyond that paging
/// neither repeats nor misses one.
public abstract class RunIndexContract extends StoreContract {

  private static final ThreadId OTHER_THREAD = new ThreadId("thread-2");

  @Test
  void lists_newest_first() {
    start(1);
    start(2);
    start(3);
    assertThat(ids(index().list(of(OWNER)))).containsExactly(runId(3), runId(2), runId(1));
  }

  @Test
  void lists_rows_as_they_are() {
    startAndAcquire(RUN, NODE);
    assertThat(index().list(of(OWNER)).stream().map(StoreContract::timeless))
        .containsExactly(head(RUN));
  }

  @Test
  void pages_follow_each_other_without_overlap_or_gap() {
    List<RunId> all = IntStream.rangeClosed(1, 7).mapToObj(this::start).toList();
    assertThat(paged()).containsExactlyElementsOf(all.reversed());
  }

  @Test
  void pages_of_runs_that_began_in_one_write_neither_overlap_nor_leave_one_out() {
    List<RunId> all = IntStream.rangeClosed(1, 7).mapToObj(Drafts::runId).toList();
    log().append(all.stream().map(Drafts::start).toList());
    assertThat(index().list(of(OWNER))).extracting(RunHead::createdAt).containsOnly(began(1));
    assertThat(paged()).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  @Tag("G14")
  void lists_the_runs_of_one_owner_and_to_an_operator_all() {
    start(1);
    start(Drafts.start(runId(2), spec(OTHER_THREAD, STRANGER)));
    assertThat(ids(index().list(of(OWNER)))).containsExactly(runId(1));
    assertThat(ids(index().list(of(STRANGER)))).containsExactly(runId(2));
    assertThat(ids(index().list(new Query(null, null, null, null, null, 10))))
        .containsExactly(runId(2), runId(1));
  }

  @Test
  void lists_by_thread_status_and_agent() {
    start(1);
    start(Drafts.start(runId(2), spec(OTHER_THREAD, OWNER)));
    write(Drafts.complete(runId(1), write(Drafts.acquire(runId(1), NODE)).epoch()));
    assertThat(ids(index().list(new Query(OWNER, THREAD, null, null, null, 10))))
        .containsExactly(runId(1));
    assertThat(ids(index().list(new Query(OWNER, null, "completed", null, null, 10))))
        .containsExactly(runId(1));
    assertThat(ids(index().list(new Query(OWNER, null, "created", null, null, 10))))
        .containsExactly(runId(2));
    assertThat(index().list(new Query(OWNER, THREAD, "created", null, null, 10))).isEmpty();
    assertThat(index().list(new Query(OWNER, null, null, "echo", null, 10))).hasSize(2);
    assertThat(index().list(new Query(OWNER, null, null, "assistant", null, 10))).isEmpty();
  }

  @Test
  void a_page_is_full_though_the_newest_runs_are_not_those_asked_for() {
    start(1);
    start(2);
    start(Drafts.start(runId(3), spec(OTHER_THREAD, STRANGER)));
    start(Drafts.start(runId(4), spec(OTHER_THREAD, STRANGER)));
    assertThat(ids(index().list(page(null)))).containsExactly(runId(2), runId(1));
  }

  @Test
  void a_filter_is_a_value_and_never_a_pattern() {
    start(1);
    assertThat(index().list(of(OWNER))).hasSize(1);
    for (String hostile : List.of("%", "_cho", "echo' or '1'='1", "ECHO", "echo\\")) {
      assertThat(index().list(new Query(OWNER, null, null, hostile, null, 10))).isEmpty();
      assertThat(index().list(new Query(OWNER, null, hostile, null, null, 10))).isEmpty();
    }
  }

  @Test
  void tells_the_newest_run_of_a_thread_that_goes_on() {
    start(1);
    startAndAcquire(runId(2), NODE);
    end(3);
    start(Drafts.start(runId(4), spec(OTHER_THREAD, STRANGER)));
    assertThat(index().active(THREAD).map(StoreContract::timeless)).contains(head(runId(2)));
    assertThat(index().active(OTHER_THREAD)).map(RunHead::runId).contains(runId(4));
    assertThat(index().active(new ThreadId("thread-3"))).isEmpty();
    write(Drafts.complete(runId(2), head(runId(2)).lease().epoch()));
    assertThat(index().active(THREAD)).map(RunHead::runId).contains(runId(1));
  }

  @Test
  void tells_which_ended_runs_are_not_sealed() {
    start(1);
    end(2);
    end(3);
    assertThat(index().unsealed(10)).containsExactly(runId(2), runId(3));
    assertThat(index().unsealed(1)).containsExactly(runId(2));
    store().seals().save(runId(2), SealsContract.seal(3));
    assertThat(index().unsealed(10)).containsExactly(runId(3));
  }

  private List<RunId> paged() {
    List<RunId> paged = new ArrayList<>();
    List<RunHead> page = index().list(page(null));
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      paged.addAll(ids(page));
      assertThat(paged).as("what pages show once each").doesNotHaveDuplicates();
      page = index().list(page(new Before(page.getLast().createdAt(), page.getLast().runId())));
    }
    return paged;
  }

  private Instant began(int number) {
    return log().head(runId(number)).orElseThrow().createdAt();
  }

  private void end(int number) {
    write(Drafts.complete(runId(number), startAndAcquire(runId(number), NODE)));
  }

  private RunIndex index() {
    return store().index();
  }

  private static Query of(Principal owner) {
    return new Query(owner, null, null, null, null, 10);
  }

  private static Query page(@Nullable Before before) {
    return new Query(OWNER, null, null, null, before, 2);
  }

  private static List<RunId> ids(List<RunHead> heads) {
    return heads.stream().map(RunHead::runId).toList();
  }
}
