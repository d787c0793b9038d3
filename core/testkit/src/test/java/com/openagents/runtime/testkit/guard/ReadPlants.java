package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.SpoiledLog.reading;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.Run;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// More bugs of reading a log and its row.
final class ReadPlants {

  private ReadPlants() {}

  static List<Plant> all() {
    return Stream.of(pages(), events(), rows()).flatMap(List::stream).toList();
  }

  private static List<Plant> pages() {
    return List.of(
        plant(
            "a page is one event too long",
            "pages_follow_each_other_without_overlap_or_gap",
            limited(limit -> limit + 1)),
        plant(
            "a page ends after a hundred events",
            "a_thousand_events_come_back_in_order",
            limited(limit -> Math.min(limit, 100))),
        plant(
            "runs are told apart by the first half of their ids",
            "the_runs_of_a_store_do_not_mix",
            HalfIdLog::new));
  }

  private static List<Plant> events() {
    return List.of(
        plant(
            "characters of four bytes are lost",
            "text_comes_back_as_it_was_written",
            reading(e -> stored(e, e.version(), withoutFourBytes(e.payload())))),
        plant(
            "a payload is kept as a database prints it",
            "the_stored_payload_is_the_canonical_text",
            reading(e -> stored(e, e.version(), e.payload().replace("\":", "\": ")))),
        plant(
            "events are kept without their version",
            "a_stored_event_names_its_type_and_version",
            reading(e -> stored(e, 0, e.payload()))));
  }

  private static List<Plant> rows() {
    return List.of(
        plant(
            "the end of a wait is kept in milliseconds",
            "every_state_of_a_run_comes_back_from_its_columns",
            SpoiledLog.writing(w ->
                w.columns() instanceof Columns(Run.Waiting(var what, var until), int recoveries)
                        && until != null
                    ? w.with(
                        new Columns(
                            new Run.Waiting(what, until.truncatedTo(ChronoUnit.MILLIS)),
                            recoveries))
                    : w)));
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<EventLog> spoiled) {
    return new Plant(
        bug, LogSuites.Reads.class, caughtBy, planted -> planted.log = spoiled.apply(planted.log));
  }

  private static UnaryOperator<EventLog> limited(IntUnaryOperator limited) {
    return honest ->
        new SpoiledLog(honest) {
          @Override
          public List<StoredEvent> read(RunId runId, long after, int limit) {
            return honest.read(runId, after, limited.applyAsInt(limit));
          }
        };
  }

  private static String withoutFourBytes(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isSupplementaryCodePoint(c) ? '?' : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static StoredEvent stored(StoredEvent e, int version, String payload) {
    return new StoredEvent(
        e.runId(), e.seq(), e.type(), version, payload, e.occurredAt(), e.traceId(), e.epoch());
  }

  private static final class HalfIdLog extends SpoiledLog {
    private final Map<Long, RunId> latest = new HashMap<>();

    HalfIdLog(EventLog honest) {
      super(honest);
    }

    private RunId found(RunId runId) {
      return latest.getOrDefault(half(runId), runId);
    }

    private static long half(RunId runId) {
      return runId.value().getMostSignificantBits();
    }

    @Override
    Appended write(Append write) {
      latest.put(half(write.runId()), write.runId());
      return honest.append(write);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return honest.read(found(runId), after, limit);
    }

    @Override
    public Optional<RunHead> head(RunId runId) {
      return honest.head(found(runId));
    }
  }
}
