package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.SpoiledLog.batching;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// More bugs of writes that go together.
final class BatchPlants {

  private BatchPlants() {}

  static List<Plant> all() {
    return Stream.of(batches(), races()).flatMap(List::stream).toList();
  }

  private static List<Plant> batches() {
    return List.of(
        plant(
            "of the writes to a run in a batch the last is taken",
            "writes_to_the_same_run_apply_in_the_order_of_the_batch",
            batching(BatchPlants::lastOfEachRun)),
        plant(
            "a batch is judged by the leases that were there before it",
            "a_write_sees_the_lease_and_the_end_that_its_batch_made_before_it",
            batching(BatchPlants::judgedBefore)),
        plant(
            "outcomes come from the end of a batch",
            "outcomes_come_in_the_order_of_the_batch",
            batching((honest, batch) -> honest.append(batch).reversed())),
        plant(
            "a batch ends after 32 writes",
            "outcomes_come_in_the_order_of_the_batch",
            batching(
                (honest, batch) -> honest.append(batch.subList(0, Math.min(batch.size(), 32))))));
  }

  private static List<Plant> races() {
    return List.of(
        plant(
            "the sequence is compared before the write and not with it",
            "of_concurrent_writers_at_one_sequence_exactly_one_is_taken",
            TwoSteps::new),
        plant(
            "every connection counts what it wrote itself",
            "concurrent_writers_leave_no_gap_and_lose_nothing",
            OwnCountLog::new),
        plant(
            "a batch gives up the runs of which another has hold",
            "concurrent_batches_over_the_same_runs_in_opposite_orders_all_succeed",
            ShyLog::new));
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<EventLog> spoiled) {
    return new Plant(
        bug,
        LogSuites.Batches.class,
        caughtBy,
        planted -> planted.log = spoiled.apply(planted.log));
  }

  private static List<Appended> lastOfEachRun(EventLog honest, List<Append> batch) {
    Map<RunId, Append> last = new LinkedHashMap<>();
    batch.forEach(write -> last.put(write.runId(), write));
    Map<RunId, Appended> outcomes = new HashMap<>();
    last.forEach((run, write) -> outcomes.put(run, honest.append(write)));
    return batch.stream().map(write -> outcomes.get(write.runId())).toList();
  }

  private static List<Appended> judgedBefore(EventLog honest, List<Append> batch) {
    Map<RunId, RunHead> before = new HashMap<>();
    batch.forEach(
        write -> honest.head(write.runId()).ifPresent(head -> before.put(head.runId(), head)));
    return batch.stream()
        .map(write ->
            fencedOff(write, Optional.ofNullable(before.get(write.runId())))
                .orElseGet(() -> honest.append(write)))
        .toList();
  }

  private static Optional<Appended> fencedOff(Append write, Optional<RunHead> before) {
    Long epoch = write.precondition().executorEpoch();
    return before
        .filter(head -> epoch != null && head.lease().epoch() != epoch)
        .map(head -> new Refused(Refusal.FENCED, head.lastSeq(), head.lease().epoch()));
  }

  private static final class TwoSteps extends SpoiledLog {
    private final Meeting<RunId> meeting = new Meeting<>();

    TwoSteps(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      Precondition p = write.precondition();
      Long wanted = p.atSeq();
      if (wanted == null) {
        return honest.append(write);
      }
      boolean there =
          honest.head(write.runId()).filter(head -> head.lastSeq() == wanted).isPresent();
      meeting.other(write.runId());
      Precondition rest =
          new Precondition(
              p.fresh(), p.executorEpoch(), null, p.open(), p.owner(), p.uncontended());
      return honest.append(there ? LogPlants.under(write, rest) : write);
    }
  }

  private static final class OwnCountLog extends SpoiledLog {
    private final Map<List<Object>, Long> counts = new ConcurrentHashMap<>();

    OwnCountLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      Appended outcome = honest.append(write);
      return outcome instanceof Written written ? counted(write, written) : outcome;
    }

    private Written counted(Append write, Written written) {
      long events = write.events().size();
      long last = counts.merge(List.of(Thread.currentThread(), write.runId()), events, Long::sum);
      return new Written(last - events + 1, last, written.epoch(), written.at());
    }
  }

  private static final class ShyLog extends SpoiledLog {
    private final Set<RunId> held = ConcurrentHashMap.newKeySet();
    private final Meeting<Set<RunId>> meeting = new Meeting<>();

    ShyLog(EventLog honest) {
      super(honest);
    }

    @Override
    public List<Appended> append(List<Append> batch) {
      if (batch.size() == 1) {
        return honest.append(batch);
      }
      Set<RunId> mine =
          batch.stream().map(Append::runId).filter(held::add).collect(Collectors.toSet());
      meeting.other(mine);
      List<Appended> outcomes = batch.stream().map(write -> outcome(write, mine)).toList();
      held.removeAll(mine);
      return outcomes;
    }

    private Appended outcome(Append write, Set<RunId> mine) {
      return mine.contains(write.runId())
          ? honest.append(write)
          : new Refused(Refusal.CONTENDED, 0, 0);
    }
  }
}
