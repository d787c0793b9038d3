package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.Drafts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A write that brings no columns leaves those that are stored, by either statement.
@Tag("G1")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.log.AppendWay#everywhere")
class WritesWithoutColumnsTest {

  private static final RunId RUN = runId(1);
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  private final AppendWay way;
  private final TestDatabase database;
  private final PostgresEventLog log;

  WritesWithoutColumnsTest(TestServer server, AppendWay way) {
    this.way = way;
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
  }

  @BeforeEach
  void begin() {
    log.append(List.of(Drafts.start(RUN), Drafts.start(AppendWay.NEIGHBOUR)));
  }

  @Test
  void a_frame_leaves_what_a_run_waits_for_and_until_when() {
    var waiting = new Columns(new Run.Waiting(WaitingFor.TIMER, LATER), 2);
    write(deltas(RUN, Precondition.OPEN, "x").with(waiting).with(new Wake.At(LATER)));
    List<String> before = columns();
    assertThat(before.getFirst()).startsWith("waiting|timer|2100-01-01").endsWith("|2|");
    write(Drafts.frame(RUN, "f-1", "hello"));
    assertThat(columns()).isEqualTo(before);
  }

  @Test
  void a_run_that_is_due_already_becomes_due_no_later_by_a_frame() {
    write(Append.of(RUN, Precondition.OPEN, List.of()).with(new Wake.At(Instant.EPOCH)));
    write(Drafts.frame(RUN, "f-1", "hello"));
    assertThat(sql("wake_at = 'epoch'")).containsExactly("t");
  }

  @Test
  void late_evidence_leaves_how_and_when_a_run_ended() {
    var failed = new Columns(new Run.Ended(Run.Outcome.FAILED, ReasonClass.DEADLINE_EXCEEDED), 1);
    write(deltas(RUN, Precondition.OPEN, "x").with(failed).with(Wake.NEVER));
    List<String> before = columns();
    assertThat(before.getFirst()).startsWith("failed||").contains("deadline_exceeded|1|2");
    write(deltas(RUN, Precondition.NONE, "late"));
    assertThat(columns()).isEqualTo(before);
    write(deltas(RUN, Precondition.NONE, "later").with(failed));
    assertThat(columns()).as("it ended once").isEqualTo(before);
  }

  @Test
  @Tag("G3")
  void a_lease_that_is_broken_raises_the_epoch() {
    write(Drafts.acquire(RUN, NODE));
    database.sql(
        "update runtime.runs set lease_expires_at = 'epoch' where lease_owner is not null");
    write(Append.of(RUN, Precondition.OPEN, List.of()).with(LeaseChange.BREAK));
    assertThat(sql("epoch || ' ' || (lease_owner is null)")).containsExactly("2 true");
  }

  private void write(Append write) {
    assertThat(log.append(way.batch(write))).allMatch(Written.class::isInstance);
  }

  private List<String> columns() {
    return sql(
        """
        concat_ws('|', status, coalesce(waiting_for, ''), coalesce(wait_until::text, ''),
          coalesce(reason_class, ''), recoveries, coalesce(ended_at::text, ''))
        """);
  }

  private List<String> sql(String expression) {
    return database.sql(
        "select " + expression + " from runtime.runs where run_id = ?", RUN.value());
  }
}
