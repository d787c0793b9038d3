package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Appended.Refusal.ENDED;
import static com.openagents.runtime.log.Appended.Refusal.FENCED;
import static com.openagents.runtime.log.Appended.Refusal.FOREIGN;
import static com.openagents.runtime.log.Appended.Refusal.MOVED;
import static com.openagents.runtime.log.Appended.Refusal.UNKNOWN_RUN;
import static com.openagents.runtime.log.Precondition.NONE;
import static com.openagents.runtime.log.Precondition.OPEN;
import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OWNER;
import static com.openagents.runtime.testkit.Drafts.STRANGER;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.Drafts;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the one write verb promises of sequences, preconditions and columns.
///
/// Not asserted: what a malformed write does (a fresh one without `run.created`, say), which is the
/// caller's mistake; what is durable after a crash, which needs a process to kill.
public abstract class AppendContract extends StoreContract {

  @Test
  @Tag("G2")
  void sequences_begin_at_1_and_have_no_gap() {
    start(1);
    write(deltas(RUN, OPEN, "a"));
    write(deltas(RUN, OPEN, "b", "c"));
    write(deltas(RUN, OPEN, "d"));
    assertThat(sequences(RUN)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(texts(RUN)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void answers_with_the_first_and_the_last_sequence_that_it_wrote() {
    start(1);
    Written written = write(deltas(RUN, OPEN, "a", "b", "c"));
    assertThat(written.firstSeq()).isEqualTo(2);
    assertThat(written.lastSeq()).isEqualTo(4);
    assertThat(head(RUN).lastSeq()).isEqualTo(4);
  }

  @Test
  void a_write_without_events_answers_one_more_than_the_head() {
    start(1);
    Written written = write(Drafts.acquire(RUN, NODE));
    assertThat(written.firstSeq()).isEqualTo(2);
    assertThat(written.lastSeq()).isEqualTo(1);
    assertThat(sequences(RUN)).containsExactly(1L);
  }

  @Test
  void the_time_of_a_write_is_the_time_of_its_events_in_microseconds() {
    start(1);
    Written written = write(deltas(RUN, OPEN, "a", "b"));
    assertThat(written.at()).isEqualTo(written.at().truncatedTo(ChronoUnit.MICROS));
    assertThat(events(RUN).subList(1, 3))
        .extracting(Envelope::occurredAt)
        .containsOnly(written.at());
  }

  @Test
  void events_carry_the_trace_and_the_epoch_of_their_writer() {
    long epoch = startAndAcquire(RUN, NODE);
    TraceId trace = new TraceId("0af7651916cd43dd8448eb211c80319c");
    write(deltas(RUN, Precondition.executor(epoch), "by the executor").tracedBy(trace));
    write(deltas(RUN, OPEN, "by somebody else"));
    assertThat(events(RUN)).extracting(Envelope::epoch).containsExactly(null, epoch, null);
    assertThat(events(RUN)).extracting(Envelope::traceId).containsExactly(null, trace, null);
  }

  @Test
  @Tag("G6")
  void what_a_writer_knows_that_it_wrote_is_what_is_read() {
    Append start =
        Drafts.start(RUN)
            .acting(new LeaseChange.Acquire(NODE, Drafts.TTL), deltas(RUN, NONE, "first").events());
    Append byTheExecutor =
        deltas(RUN, Precondition.executor(Append.FIRST_EPOCH), "a", "b")
            .tracedBy(new TraceId("0af7651916cd43dd8448eb211c80319c"));
    Append byAnother = deltas(RUN, OPEN, "c");
    List<Envelope> known = new ArrayList<>();
    for (Append append : List.of(start, byTheExecutor, byAnother)) {
      known.addAll(append.written(write(append)));
    }
    assertThat(known).hasSize(5).isEqualTo(events(RUN));
  }

  @Test
  void refuses_to_write_to_a_run_that_does_not_exist() {
    start(2);
    assertThat(log().append(deltas(RUN, NONE, "a"))).isEqualTo(new Refused(UNKNOWN_RUN, 0, 0));
    assertThat(log().head(RUN)).isEmpty();
    assertThat(log().read(RUN, 0, 10)).isEmpty();
  }

  @Test
  @Tag("G14")
  @Tag("scenario-31")
  void refuses_a_writer_who_does_not_own_the_run() {
    start(1);
    assertRefused(deltas(RUN, OPEN.ownedBy(STRANGER), "a"), FOREIGN);
    write(deltas(RUN, OPEN.ownedBy(OWNER), "b"));
    assertThat(texts(RUN)).containsExactly("b");
  }

  @Test
  void refuses_a_writer_who_looked_before_the_log_moved() {
    start(1);
    write(deltas(RUN, OPEN, "somebody else was faster"));
    assertRefused(deltas(RUN, OPEN.atSeq(1), "a"), MOVED);
    assertRefused(deltas(RUN, OPEN.atSeq(3), "a"), MOVED);
    write(deltas(RUN, OPEN.atSeq(2), "b"));
    assertThat(texts(RUN)).containsExactly("somebody else was faster", "b");
  }

  @Test
  @Tag("G5")
  void refuses_to_write_after_the_end() {
    long epoch = startAndAcquire(RUN, NODE);
    write(Drafts.complete(RUN, epoch));
    assertRefused(deltas(RUN, OPEN, "a"), ENDED);
    assertRefused(Drafts.acquire(RUN, NODE), ENDED);
  }

  @Test
  void takes_evidence_after_the_end_when_no_precondition_forbids_it() {
    long epoch = startAndAcquire(RUN, NODE);
    write(Drafts.complete(RUN, epoch));
    Written written = write(deltas(RUN, NONE, "late"));
    assertThat(written.lastSeq()).isEqualTo(3);
    assertThat(head(RUN).columns()).isEqualTo(Drafts.ENDED);
  }

  @Test
  void answers_the_first_refusal_that_applies() {
    long epoch = startAndAcquire(RUN, NODE);
    write(Drafts.complete(RUN, epoch));
    Precondition everythingWrong = new Precondition(false, 9L, 99L, true, STRANGER, false);
    assertRefused(deltas(RUN, everythingWrong, "a"), FOREIGN);
    assertRefused(deltas(RUN, everythingWrong.ownedBy(OWNER), "a"), ENDED);
    Precondition notOpen = new Precondition(false, 9L, 99L, false, OWNER, false);
    assertRefused(deltas(RUN, notOpen, "a"), FENCED);
  }

  @Test
  void answers_that_the_log_moved_before_it_answers_about_the_lease() {
    startAndAcquire(RUN, NODE);
    assertRefused(deltas(RUN, OPEN.atSeq(99), "a").with(Drafts.acquire(RUN, NODE).lease()), MOVED);
  }

  @Test
  @Tag("G2")
  void a_refused_write_uses_up_no_sequence() {
    start(1);
    log().append(deltas(RUN, OPEN.atSeq(9), "a", "b", "c"));
    Written written = write(deltas(RUN, OPEN, "d"));
    assertThat(written.firstSeq()).isEqualTo(2);
    assertThat(sequences(RUN)).containsExactly(1L, 2L);
  }

  @Test
  void columns_are_kept_as_they_were_written_and_left_when_none_are() {
    start(1);
    Columns waiting = new Columns(new Run.Waiting(WaitingFor.APPROVAL, null), 2);
    write(deltas(RUN, OPEN, "a").with(waiting));
    assertThat(head(RUN).columns()).isEqualTo(waiting);
    write(deltas(RUN, OPEN, "b"));
    assertThat(head(RUN).columns()).isEqualTo(waiting);
    Columns running = new Columns(new Run.Running(), 0);
    write(deltas(RUN, OPEN, "c").with(running));
    assertThat(head(RUN).columns()).isEqualTo(running);
  }
}
