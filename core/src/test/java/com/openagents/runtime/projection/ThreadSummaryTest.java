package com.openagents.runtime.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Run.Created;
import com.openagents.runtime.run.Run.Ended;
import com.openagents.runtime.run.Run.Outcome;
import com.openagents.runtime.run.Run.Running;
import com.openagents.runtime.run.Run.Waiting;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G10")
class ThreadSummaryTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static RunId id(int number) {
    return new RunId(new UUID(1, number));
  }

  private static Instant at(long second) {
    return BEGIN.plusSeconds(second);
  }

  private static RunSubject run(int number, long createdAt) {
    return new RunSubject(
        id(number), new ThreadId("t"), new Principal.User(1), "echo", at(createdAt));
  }

  private static RunSummary stands(Run run, long seq, long second) {
    return new RunSummary(run, seq, "x", at(second), null, null);
  }

  /// The first event of a run.
  private static ThreadSummary begins(@Nullable ThreadSummary thread, RunSubject run) {
    RunSummary first = new RunSummary(new Created(), 1, "run.created", run.createdAt(), null, null);
    return ThreadSummary.evolve(thread, run, null, first, 0, true);
  }

  @Test
  void a_thread_begins_with_its_first_run() {
    ThreadSummary thread = begins(null, run(1, 10));
    assertThat(thread)
        .isEqualTo(
            new ThreadSummary(
                new ThreadId("t"),
                new Principal.User(1),
                1,
                Map.of("created", 1L),
                new ThreadSummary.Latest(id(1), at(10), "created"),
                at(10),
                at(10)));
  }

  @Test
  void the_newest_run_is_the_one_created_last_whoever_is_told_last() {
    ThreadSummary thread = begins(begins(null, run(1, 10)), run(2, 20));
    assertThat(thread.latest().runId()).isEqualTo(id(2));
    assertThat(begins(thread, run(3, 15)).latest().runId()).isEqualTo(id(2));
    assertThat(begins(thread, run(3, 30)).latest().runId()).isEqualTo(id(3));
  }

  @Test
  void of_two_created_at_once_the_greater_id_is_the_newest() {
    ThreadSummary thread = begins(null, run(5, 10));
    assertThat(begins(thread, run(4, 10)).latest().runId()).isEqualTo(id(5));
    assertThat(begins(thread, run(6, 10)).latest().runId()).isEqualTo(id(6));
  }

  @Test
  void the_newest_run_is_told_of_as_it_goes_on() {
    ThreadSummary thread = begins(null, run(1, 10));
    ThreadSummary after =
        ThreadSummary.evolve(
            thread,
            run(1, 10),
            stands(new Created(), 1, 10),
            stands(new Running(), 3, 12),
            1,
            true);
    assertThat(after.latest().status()).isEqualTo("running");
    assertThat(after.seq()).isEqualTo(3);
    assertThat(after.statuses()).isEqualTo(Map.of("running", 1L));
  }

  @Test
  void it_was_created_with_the_earliest_and_updated_with_the_latest() {
    ThreadSummary thread = begins(begins(null, run(1, 10)), run(2, 5));
    assertThat(thread.createdAt()).isEqualTo(at(5));
    assertThat(thread.updatedAt()).isEqualTo(at(10));
    assertThat(begins(thread, run(3, 20)).createdAt()).isEqualTo(at(5));
    assertThat(begins(thread, run(3, 20)).updatedAt()).isEqualTo(at(20));
  }

  @Test
  void what_may_age_out_moves_no_time() {
    ThreadSummary thread = begins(null, run(1, 10));
    RunSummary before = stands(new Created(), 1, 10);
    ThreadSummary past =
        ThreadSummary.evolve(thread, run(1, 10), before, stands(new Created(), 2, 30), 1, false);
    assertThat(past.updatedAt()).isEqualTo(at(10));
    assertThat(past.seq()).isEqualTo(2);
    assertThat(past.statuses()).isEqualTo(Map.of("created", 1L));
  }

  private static ThreadSummary many() {
    return new ThreadSummary(
        new ThreadId("t"),
        new Principal.User(1),
        99,
        Map.of("completed", 1L, "failed", 2L, "canceled", 4L, "waiting", 8L, "running", 16L),
        new ThreadSummary.Latest(id(1), at(10), "waiting"),
        at(1),
        at(20));
  }

  @Test
  void runs_that_have_not_ended_are_open() {
    Json.Obj body = many().document().body();
    assertThat(body.get("openRunCount")).isEqualTo(Json.of(24));
    assertThat(body.get("runCount")).isEqualTo(Json.of(31));
    assertThat(body.get("eventCount")).isEqualTo(Json.of(99));
  }

  @Test
  void a_run_that_ends_is_counted_where_it_ended() {
    ThreadSummary thread = many();
    ThreadSummary after =
        ThreadSummary.evolve(
            thread,
            run(1, 10),
            stands(new Waiting(WaitingFor.FRAMES, null), 3, 11),
            stands(new Ended(Outcome.COMPLETED, null), 4, 12),
            3,
            true);
    assertThat(after.statuses()).containsEntry("waiting", 7L).containsEntry("completed", 2L);
    assertThat(after.seq()).isEqualTo(100);
  }

  @Test
  void a_document_is_read_back_unless_it_is_of_another_version_or_damaged() {
    Document whole = many().document();
    assertThat(ThreadSummary.read(whole)).contains(many());
    assertThat(ThreadSummary.read(as(whole, new ProjectionId("thread_summary", 2), whole.text())))
        .isEmpty();
    assertThat(ThreadSummary.read(as(whole, whole.projection(), "{}"))).isEmpty();
    assertThat(whole.id()).isEqualTo("runtime/thread_summary:t");
  }

  private static Document as(Document document, ProjectionId projection, String text) {
    return Document.kept(projection, document.entity(), document.seq(), document.owner(), text);
  }
}
