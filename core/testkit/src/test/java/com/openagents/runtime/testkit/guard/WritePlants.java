package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.SpoiledLog.reading;
import static com.openagents.runtime.testkit.guard.SpoiledLog.writing;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// More bugs of writes and of frames, which no life of a run would show.
final class WritePlants {

  private WritePlants() {}

  static List<Plant> all() {
    return Stream.of(writes(), frames()).flatMap(List::stream).toList();
  }

  private static List<Plant> writes() {
    return List.of(
        plant(
            "a write answers with its first sequence for its last",
            LogSuites.Appends.class,
            "answers_with_the_first_and_the_last_sequence_that_it_wrote",
            answering((_, outcome) ->
                outcome instanceof Written(long first, _, long epoch, var at)
                    ? new Written(first, first, epoch, at)
                    : outcome)),
        plant(
            "a write answers with another time than its events have",
            LogSuites.Appends.class,
            "what_a_writer_knows_that_it_wrote_is_what_is_read",
            answering((write, outcome) ->
                outcome instanceof Written(long first, long last, long epoch, var at)
                        && write.precondition().executorEpoch() != null
                    ? new Written(first, last, epoch, at.minusNanos(1_000))
                    : outcome)),
        plant(
            "a write without columns wipes them out",
            LogSuites.Appends.class,
            "columns_are_kept_as_they_were_written_and_left_when_none_are",
            writing(w -> w.columns() == null ? w.with(new Columns(new Run.Running(), 0)) : w)),
        plant(
            "an unknown run is one that moved",
            LogSuites.Appends.class,
            "refuses_to_write_to_a_run_that_does_not_exist",
            answering((_, outcome) ->
                outcome instanceof Refused(Refusal why, long seq, long epoch)
                        && why == Refusal.UNKNOWN_RUN
                    ? new Refused(Refusal.MOVED, seq, epoch)
                    : outcome)),
        plant(
            "evidence is refused after the end",
            LogSuites.Appends.class,
            "takes_evidence_after_the_end_when_no_precondition_forbids_it",
            writing(WritePlants::open)),
        plant(
            "events are of another time than their write",
            LogSuites.Appends.class,
            "the_time_of_a_write_is_the_time_of_its_events_in_microseconds",
            reading(WritePlants::late)));
  }

  private static List<Plant> frames() {
    return List.of(
        plant(
            "frames of all runs have one space of ids",
            LogSuites.Frames.class,
            "the_same_id_in_another_run_is_another_frame",
            OneSpaceLog::new),
        plant(
            "a repeated frame wakes its run",
            LogSuites.Frames.class,
            "a_repeated_frame_wakes_nobody",
            honest ->
                new SpoiledLog(honest) {
                  @Override
                  Appended write(Append write) {
                    Appended outcome = honest.append(write);
                    if (outcome instanceof Duplicate) {
                      honest.append(
                          Append.of(write.runId(), Precondition.NONE, List.of()).with(Wake.NOW));
                    }
                    return outcome;
                  }
                }),
        plant(
            "a stranger learns that a frame was taken",
            LogSuites.Frames.class,
            "a_stranger_learns_nothing_about_a_frame",
            writing(w -> w.frame() == null ? w : LogPlants.under(w, Precondition.OPEN))),
        plant(
            "a frame is written without its content",
            LogSuites.Frames.class,
            "a_frame_is_written_with_its_content",
            writing(w -> w.with(w.events().stream().map(WritePlants::emptied).toList()))));
  }

  private static Plant plant(
      String bug, Class<?> suite, String caughtBy, UnaryOperator<EventLog> spoiled) {
    return new Plant(bug, suite, caughtBy, planted -> planted.log = spoiled.apply(planted.log));
  }

  /// Says something else of what it did.
  private static UnaryOperator<EventLog> answering(BiFunction<Append, Appended, Appended> bug) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          Appended write(Append write) {
            return bug.apply(write, honest.append(write));
          }
        };
  }

  private static Append open(Append write) {
    Precondition p = write.precondition();
    return LogPlants.under(
        write,
        new Precondition(
            p.fresh(), p.executorEpoch(), p.atSeq(), true, p.owner(), p.uncontended()));
  }

  private static Event.Known emptied(Event.Known event) {
    return event instanceof FrameAccepted frame
        ? new FrameAccepted(
            frame.frameId(), frame.frameType(), Json.Obj.EMPTY, frame.content(), null, null)
        : event;
  }

  private static StoredEvent late(StoredEvent e) {
    return new StoredEvent(
        e.runId(),
        e.seq(),
        e.type(),
        e.version(),
        e.payload(),
        e.occurredAt().plusSeconds(1),
        e.traceId(),
        e.epoch());
  }

  private static final class OneSpaceLog extends SpoiledLog {
    private final Map<FrameId, RunId> taken = new HashMap<>();

    OneSpaceLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      FrameKey key = write.frame();
      RunId by = key == null ? null : taken.putIfAbsent(key.frameId(), write.runId());
      return by == null || by.equals(write.runId()) ? honest.append(write) : new Duplicate(1);
    }
  }
}
