package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.SpoiledLog.writing;

import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.simulator.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Bugs that show where two writers meet at one run.
final class RacingPlants {

  private RacingPlants() {}

  static List<Plant> all() {
    return List.of(
        plant("a sequence is the highest that was seen and one", SeenSequenceLog::new),
        plant("a late frame reopens its run", ReopeningLog::new),
        plant(
            "a cancel is acknowledged and forgotten",
            writing(w ->
                w.events().stream().anyMatch(RunCancelRequested.class::isInstance)
                    ? Append.of(w.runId(), w.precondition(), List.of())
                    : w)));
  }

  private static Plant plant(String bug, UnaryOperator<EventLog> spoiled) {
    return new Plant(
        bug, Simulation.class, "play", planted -> planted.log = spoiled.apply(planted.log));
  }

  /// Who writes under no lease right after somebody else gets the sequence that this one got.
  private static final class SeenSequenceLog extends SpoiledLog {
    private static final Duration AT_ONCE = Duration.ofMillis(5);

    private record Write(@Nullable Long epoch, Instant at) {}

    private final Map<RunId, Write> last = new HashMap<>();
    private final Set<List<Object>> taken = new HashSet<>();

    SeenSequenceLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      Appended outcome = honest.append(write);
      if (outcome instanceof Appended.Written w && !write.events().isEmpty()) {
        Write before =
            last.put(write.runId(), new Write(write.precondition().executorEpoch(), w.at()));
        if (before != null
            && write.precondition().atSeq() == null
            && !Objects.equals(before.epoch, write.precondition().executorEpoch())
            && w.at().isBefore(before.at.plus(AT_ONCE))) {
          taken.add(List.of(write.runId(), w.firstSeq() - 1));
        }
      }
      return outcome;
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return honest.read(runId, after, limit).stream()
          .filter(event -> !taken.contains(List.<Object>of(runId, event.seq())))
          .toList();
    }
  }

  /// Takes frames of runs that have ended, and sets them going again.
  private static final class ReopeningLog extends SpoiledLog {
    ReopeningLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      boolean late =
          write.events().stream().anyMatch(FrameAccepted.class::isInstance)
              && honest
                  .head(write.runId())
                  .filter(head -> head.columns().run().ended())
                  .isPresent();
      return honest.append(
          late
              ? LogPlants.under(write, Precondition.NONE)
                  .with(new Columns(new Run.Running(), 0))
                  .with(Wake.NOW)
              : write);
    }
  }
}
