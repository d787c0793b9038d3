package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projector.AuditCursor;
import com.openagents.runtime.projector.AuditNotes;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Auditor.Sample;
import com.openagents.runtime.projector.Difference.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the last audits found is told as whole only where it was.
class AuditNotesTest {

  private final InMemoryStore store =
      new InMemoryStore(new VirtualTime(Instant.parse("2026-01-01T00:00:00Z")));
  private final AuditNotes notes = new AuditNotes(store.audits());

  private static AuditReport report(long missing, @Nullable AuditCursor next, String... unread) {
    return new AuditReport(
        Map.of("kept", 10L),
        missing == 0 ? Map.of() : Map.of("kept", Map.of(Kind.MISSING, missing)),
        0,
        List.of(),
        unread.length == 0 ? Map.of() : Map.of(unread[0], "no route"),
        next);
  }

  private static AuditCursor run(int number) {
    return new AuditCursor.Runs(runId(number));
  }

  private Found last(PastAudit.Sample sample) {
    return store.audits().latest().stream()
        .filter(past -> past.sample() == sample)
        .map(PastAudit::found)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void each_kind_of_audit_is_noted_by_itself() {
    notes.note(new Sample.All(), report(2, null));
    notes.note(new Sample.Newest(5), report(0, null));
    assertThat(last(PastAudit.Sample.ALL).differences())
        .isEqualTo(Map.of("kept", Map.of("missing", 2L)));
    assertThat(last(PastAudit.Sample.ALL).complete()).isTrue();
    assertThat(last(PastAudit.Sample.NEWEST).differences()).isEmpty();
  }

  @Test
  void an_audit_that_could_not_read_a_sink_is_not_complete() {
    notes.note(new Sample.All(), report(0, null, "convex"));
    assertThat(last(PastAudit.Sample.ALL).complete()).isFalse();
  }

  @Test
  void the_pages_of_a_walk_are_one_audit_which_is_complete_at_its_end() {
    notes.note(new Sample.Walk(null, 2), report(1, run(2)));
    assertThat(last(PastAudit.Sample.WALK).complete()).isFalse();
    notes.note(new Sample.Walk(run(2), 2), report(0, run(4)));
    AuditCursor shown = new AuditCursor.Documents("convex", "run_summary", "x");
    notes.note(new Sample.Walk(run(4), 2), report(2, shown));
    assertThat(last(PastAudit.Sample.WALK).complete()).isFalse();
    notes.note(new Sample.Walk(shown, 2), report(1, null));
    assertThat(last(PastAudit.Sample.WALK).compared()).isEqualTo(Map.of("kept", 40L));
    assertThat(last(PastAudit.Sample.WALK).differences())
        .isEqualTo(Map.of("kept", Map.of("missing", 4L)));
    assertThat(last(PastAudit.Sample.WALK).complete()).isTrue();

    notes.note(new Sample.Walk(null, 2), report(0, run(2)));
    assertThat(last(PastAudit.Sample.WALK).differences()).isEmpty();
  }

  @Test
  void a_walk_of_whose_beginning_nothing_is_known_is_never_complete() {
    notes.note(new Sample.Walk(run(2), 2), report(0, null));
    assertThat(last(PastAudit.Sample.WALK).complete()).isFalse();
    notes.note(new Sample.Walk(null, 2), report(0, run(2)));
    notes.note(new Sample.Walk(run(3), 2), report(0, null));
    assertThat(last(PastAudit.Sample.WALK).complete()).isFalse();
    assertThat(last(PastAudit.Sample.WALK).compared()).isEqualTo(Map.of("kept", 10L));
  }

  @Test
  void a_page_that_could_not_be_read_to_its_end_counts_once_it_is_walked_again() {
    notes.note(new Sample.Walk(null, 2), report(1, run(2)));
    notes.note(new Sample.Walk(run(2), 2), report(1, null, "convex"));
    assertThat(last(PastAudit.Sample.WALK).complete()).isFalse();
    notes.note(new Sample.Walk(run(2), 2), report(1, null));
    assertThat(last(PastAudit.Sample.WALK).complete()).isTrue();
    assertThat(last(PastAudit.Sample.WALK).differences())
        .isEqualTo(Map.of("kept", Map.of("missing", 2L)));
  }
}
