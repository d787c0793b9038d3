package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.SpoiledLog.batching;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.simulator.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Bugs of forks, of frames in one call and of ageing that only a whole play shows.
final class PlayPlants {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int PAGE = 1_000;

  private PlayPlants() {}

  static List<Plant> all() {
    return List.of(
        logPlant("a repeated fork makes a second one", TwinLog::new),
        logPlant("who folds a fork does not see that it is one", UnforkedLog::new),
        logPlant(
            "the last frame of a call is acknowledged and not written",
            batching(PlayPlants::withoutTheLast)),
        logPlant("the floor is told from the rows that are left", RowsFloorLog::new),
        logPlant("two messages of a call change places", batching(PlayPlants::swapped)),
        logPlant("events are held for older than they are", AgedLog::new),
        logPlant("a fork copies one event too many", GenerousLog::new),
        new Plant(
            "what is still open ages",
            Simulation.class,
            "play",
            planted -> planted.ageing = new Eager(planted.ageing, planted.log)));
  }

  private static Plant logPlant(String bug, UnaryOperator<EventLog> spoiled) {
    return new Plant(
        bug, Simulation.class, "play", planted -> planted.log = spoiled.apply(planted.log));
  }

  private static List<Appended> withoutTheLast(EventLog honest, List<Append> batch) {
    boolean call = batch.size() > 1 && batch.getLast().frame() != null;
    List<Appended> outcomes =
        new ArrayList<>(honest.append(call ? batch.subList(0, batch.size() - 1) : batch));
    if (call) {
      outcomes.add(outcomes.getLast());
    }
    return outcomes;
  }

  private static List<Appended> swapped(EventLog honest, List<Append> batch) {
    boolean messages = batch.size() > 1 && batch.stream().allMatch(PlayPlants::isMessage);
    return honest.append(messages ? batch.reversed() : batch);
  }

  private static boolean isMessage(Append write) {
    return write.events().stream()
        .anyMatch(e -> e instanceof FrameAccepted f && f.frameType().equals("user_message"));
  }

  private static final class GenerousLog extends SpoiledLog {
    GenerousLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      RunForked fork = write.fork();
      if (fork == null) {
        return honest.append(write);
      }
      RunForked more = new RunForked(fork.from(), fork.atSeq() + 1);
      Appended outcome = honest.append(write.with(List.of(write.events().getFirst(), more)));
      return outcome instanceof Refused ? honest.append(write) : outcome;
    }
  }

  private static final class TwinLog extends SpoiledLog {
    private static final int TWIN = 100;

    TwinLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      Appended outcome = honest.append(write);
      if (write.fork() != null && outcome instanceof Duplicate) {
        honest.append(twin(write));
      }
      return outcome;
    }

    private static Append twin(Append fork) {
      return new Append(
          Drafts.runId(TWIN),
          fork.precondition(),
          fork.events(),
          fork.lease(),
          fork.columns(),
          fork.wake(),
          fork.frame(),
          fork.traceId());
    }
  }

  private static final class UnforkedLog extends SpoiledLog {
    private static final Event.Known NOTE = new RunLimitWarning("events", 8, 10);

    UnforkedLog(EventLog honest) {
      super(honest);
    }

    @Override
    public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
      return honest.readDurable(runId, after, limit).stream()
          .map(e -> e.type().equals(EventType.RUN_FORKED.wireName()) ? noted(e) : e)
          .toList();
    }

    private static StoredEvent noted(StoredEvent e) {
      return new StoredEvent(
          e.runId(),
          e.seq(),
          NOTE.type(),
          NOTE.version(),
          EventCodec.payload(NOTE),
          e.occurredAt(),
          e.traceId(),
          e.epoch());
    }
  }

  /// Takes the floor for the place before the first event, which never ages.
  private static final class RowsFloorLog extends SpoiledLog {
    RowsFloorLog(EventLog honest) {
      super(honest);
    }

    @Override
    public Optional<RunHead> head(RunId runId) {
      long floor =
          honest.read(runId, 0, 1).stream()
              .mapToLong(first -> first.seq() - 1)
              .findFirst()
              .orElse(0);
      return honest
          .head(runId)
          .map(h ->
              new RunHead(
                  h.runId(),
                  h.threadId(),
                  h.owner(),
                  h.agent(),
                  h.content(),
                  h.columns(),
                  h.lastSeq(),
                  floor,
                  h.lease(),
                  h.wakeAt(),
                  h.createdAt(),
                  h.updatedAt(),
                  h.readAt()));
    }
  }

  private static final class AgedLog extends SpoiledLog {
    AgedLog(EventLog honest) {
      super(honest);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return honest.read(runId, after, limit).stream()
          .map(e -> e.seq() > 1 ? older(e) : e)
          .toList();
    }

    private static StoredEvent older(StoredEvent e) {
      return new StoredEvent(
          e.runId(),
          e.seq(),
          e.type(),
          e.version(),
          e.payload(),
          e.occurredAt().minus(HOUR),
          e.traceId(),
          e.epoch());
    }
  }

  private static boolean mayAge(StoredEvent e) {
    return EventType.named(e.type()).filter(t -> t.retention() == Retention.DELTA).isPresent();
  }

  /// Lets the last pieces of a log go with others, though their text goes on.
  private static final class Eager extends PassedOnAgeing {
    private final EventLog log;

    Eager(Ageing honest, EventLog log) {
      super(honest);
      this.log = log;
    }

    @Override
    public boolean note(Look look) {
      List<StoredEvent> behind = log.read(look.runId(), look.floor(), PAGE);
      List<Long> open = behind.stream().filter(PlayPlants::mayAge).map(StoredEvent::seq).toList();
      if (look.ranges().isEmpty() || open.isEmpty()) {
        return honest.note(look);
      }
      AgedRange last = look.ranges().getLast();
      List<AgedRange> ranges = new ArrayList<>(look.ranges());
      ranges.add(
          new AgedRange(
              open.getFirst(),
              open.getFirst(),
              last.head(),
              last.keyId(),
              last.signature(),
              last.at()));
      return honest.note(
          new Look(look.runId(), look.found(), open.getFirst(), ranges, look.lookedUntil()));
    }
  }
}
