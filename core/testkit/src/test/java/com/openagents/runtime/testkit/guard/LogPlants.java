package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.SpoiledLog.writing;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of the one write verb and of reading what it wrote.
final class LogPlants {

  private LogPlants() {}

  static List<Plant> all() {
    return Stream.of(writes(), batches(), frames(), others()).flatMap(List::stream).toList();
  }

  private static List<Plant> writes() {
    return List.of(
        plant(
            "a refused write leaves a gap",
            LogSuites.Appends.class,
            "a_refused_write_uses_up_no_sequence",
            LogBugs.GappyLog::new),
        plant(
            "the last event of a write is lost",
            LogSuites.Appends.class,
            "sequences_begin_at_1_and_have_no_gap",
            writing(LogPlants::withoutLastEvent)),
        plant(
            "writes after the end",
            LogSuites.Appends.class,
            "refuses_to_write_after_the_end",
            writing(w ->
                under(w, new Precondition(fresh(w), epoch(w), atSeq(w), false, owner(w), false)))),
        plant(
            "a stranger may write",
            LogSuites.Appends.class,
            "refuses_a_writer_who_does_not_own_the_run",
            writing(w ->
                under(w, new Precondition(fresh(w), epoch(w), atSeq(w), open(w), null, false)))),
        plant(
            "the sequence is not compared",
            LogSuites.Appends.class,
            "refuses_a_writer_who_looked_before_the_log_moved",
            writing(w ->
                under(w, new Precondition(fresh(w), epoch(w), null, open(w), owner(w), false)))),
        plant(
            "the trace is not kept",
            LogSuites.Appends.class,
            "events_carry_the_trace_and_the_epoch_of_their_writer",
            writing(w -> w.tracedBy(null))));
  }

  private static List<Plant> batches() {
    return List.of(
        plant(
            "nothing after a refused write of a batch happens",
            LogSuites.Batches.class,
            "one_refused_write_fails_no_neighbour_in_its_batch",
            LogBugs.HalfBatchLog::new),
        plant(
            "a batch is applied from its end",
            LogSuites.Batches.class,
            "writes_to_the_same_run_apply_in_the_order_of_the_batch",
            LogBugs.BackwardLog::new));
  }

  private static List<Plant> frames() {
    return List.of(
        plant(
            "a frame is applied twice",
            LogSuites.Frames.class,
            "the_same_frame_again_is_a_duplicate_and_changes_nothing",
            writing(LogPlants::withoutKey)),
        plant(
            "the same frame id with other content is taken for a repetition",
            LogSuites.Frames.class,
            "the_same_id_with_other_content_is_a_conflict",
            writing(LogPlants::withBlindKey)),
        plant(
            "a refused frame uses up its key",
            LogSuites.Frames.class,
            "a_refused_write_does_not_use_up_its_key",
            LogBugs.HastyKeyLog::new),
        plant(
            "the end is looked at before the key",
            LogSuites.Frames.class,
            "a_frame_that_was_taken_is_a_duplicate_also_after_the_end",
            LogBugs.EndFirstLog::new),
        plant(
            "a frame wakes nobody",
            LogSuites.Frames.class,
            "a_frame_wakes_a_run_that_waits_for_nothing_else",
            writing(w -> w.frame() != null && !fresh(w) ? w.with(Wake.KEEP) : w)));
  }

  private static List<Plant> others() {
    return List.of(
        plant(
            "waking now sends the run to the end of the queue",
            LogSuites.Wakes.class,
            "waking_now_leaves_an_earlier_time_so_that_nobody_loses_his_place",
            writing(w -> w.wake() instanceof Wake.Now ? w.with(new Wake.After(Duration.ZERO)) : w)),
        plant(
            "a start with other content is taken for a repetition",
            LogSuites.Starts.class,
            "the_same_id_with_other_content_is_a_conflict",
            LogBugs.BlindStartLog::new),
        plant(
            "a page repeats the event that it begins after",
            LogSuites.Reads.class,
            "pages_follow_each_other_without_overlap_or_gap",
            LogBugs.OverlappingLog::new),
        plant(
            "durable pages are cut before they are filtered",
            LogSuites.Reads.class,
            "durable_pages_leave_out_what_may_age_and_are_as_long_as_asked_for",
            LogBugs.ShortDurableLog::new),
        plant(
            "text is stored without its line breaks",
            LogSuites.Reads.class,
            "text_comes_back_as_it_was_written",
            LogBugs.TrimmingLog::new));
  }

  private static Plant plant(
      String bug, Class<?> suite, String caughtBy, UnaryOperator<EventLog> spoiled) {
    return new Plant(bug, suite, caughtBy, planted -> planted.log = spoiled.apply(planted.log));
  }

  static boolean fresh(Append write) {
    return write.precondition().fresh();
  }

  private static boolean open(Append write) {
    return write.precondition().open();
  }

  private static @Nullable Long epoch(Append write) {
    return write.precondition().executorEpoch();
  }

  private static @Nullable Long atSeq(Append write) {
    return write.precondition().atSeq();
  }

  private static @Nullable Principal owner(Append write) {
    return write.precondition().owner();
  }

  static Append under(Append w, Precondition precondition) {
    return new Append(
        w.runId(),
        precondition,
        w.events(),
        w.lease(),
        w.columns(),
        w.wake(),
        w.frame(),
        w.traceId());
  }

  private static Append with(Append w, List<Event.Known> events) {
    return new Append(
        w.runId(),
        w.precondition(),
        events,
        w.lease(),
        w.columns(),
        w.wake(),
        w.frame(),
        w.traceId());
  }

  private static Append withoutLastEvent(Append write) {
    int size = write.events().size();
    return size < 2 ? write : with(write, write.events().subList(0, size - 1));
  }

  private static Append withoutKey(Append w) {
    return new Append(
        w.runId(),
        w.precondition(),
        w.events(),
        w.lease(),
        w.columns(),
        w.wake(),
        null,
        w.traceId());
  }

  private static Append withBlindKey(Append write) {
    FrameKey key = write.frame();
    return key == null ? write : write.with(new FrameKey(key.frameId(), Digest.ofText("any")));
  }
}
