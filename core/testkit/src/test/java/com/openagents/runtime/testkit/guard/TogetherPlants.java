package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// Bugs of how frames of one run in one batch are written.
final class TogetherPlants {

  private TogetherPlants() {}

  static List<Plant> all() {
    return List.of(
        plant(
            "frames of a batch are written from its end",
            "they_are_in_the_log_in_their_order_and_each_is_told_its_place",
            (honest, batch) -> honest.append(batch.reversed()).reversed()),
        plant(
            "every frame of a batch is told the place of the first",
            "they_are_in_the_log_in_their_order_and_each_is_told_its_place",
            (honest, batch) -> {
              List<Appended> outcomes = honest.append(batch);
              return batch.size() == 1
                  ? outcomes
                  : outcomes.stream()
                      .map(o -> o instanceof Written ? outcomes.getFirst() : o)
                      .toList();
            }),
        plant(
            "a batch with a known frame is taken for a repetition",
            "those_that_were_taken_before_are_repetitions_and_the_others_are_taken",
            (honest, batch) ->
                batch.size() > 1 && honest.append(batch.getLast()) instanceof Duplicate known
                    ? batch.stream().<Appended>map(_ -> known).toList()
                    : honest.append(batch)),
        plant(
            "a frame that stands twice in a batch is refused",
            "the_same_frame_twice_is_taken_once_and_another_under_its_id_is_a_conflict",
            answering(
                o -> o instanceof Duplicate(long seq) ? new Refused(Refusal.CONFLICT, seq, 0) : o)),
        plant(
            "other content under a known id is taken for a repetition in a batch",
            "another_content_under_an_id_that_was_taken_before_is_a_conflict",
            answering(o ->
                o instanceof Refused(Refusal why, long seq, _) && why == Refusal.CONFLICT
                    ? new Duplicate(seq)
                    : o)),
        plant(
            "the sender of a batch is not looked at",
            "a_stranger_learns_nothing_and_leaves_nothing",
            writing(w -> LogPlants.under(w, Precondition.OPEN))),
        plant(
            "the end is not looked at for a batch",
            "an_ended_run_takes_none_and_knows_those_it_took",
            writing(w -> LogPlants.under(w, Precondition.NONE))),
        plant(
            "the last frame of a batch decides whether it wakes",
            "they_wake_their_run_when_one_of_them_does",
            (honest, batch) ->
                honest.append(batch.stream().map(w -> w.with(batch.getLast().wake())).toList())),
        plant(
            "frames of a batch come before its other writes",
            "other_writes_stay_in_their_place_between_them",
            (honest, batch) ->
                honest.append(
                    batch.stream()
                        .sorted(Comparator.comparing((Append w) -> w.frame() == null))
                        .toList())),
        plant(
            "a frame of a batch is kept without its key",
            "concurrent_batches_of_the_same_frames_take_each_once",
            (honest, batch) ->
                honest.append(
                    batch.stream().map(w -> batch.size() < 20 ? w : withoutKey(w)).toList())));
  }

  private static Append withoutKey(Append w) {
    return Append.of(w.runId(), w.precondition(), w.events()).with(Wake.NOW);
  }

  private static BiFunction<EventLog, List<Append>, List<Appended>> answering(
      UnaryOperator<Appended> change) {
    return (honest, batch) -> {
      List<Appended> outcomes = honest.append(batch);
      return batch.size() == 1 ? outcomes : outcomes.stream().map(change).toList();
    };
  }

  private static BiFunction<EventLog, List<Append>, List<Appended>> writing(
      UnaryOperator<Append> change) {
    return (honest, batch) ->
        honest.append(batch.size() == 1 ? batch : batch.stream().map(change).toList());
  }

  private static Plant plant(
      String bug, String caughtBy, BiFunction<EventLog, List<Append>, List<Appended>> batches) {
    return new Plant(
        bug,
        LogSuites.FramesTogether.class,
        caughtBy,
        planted -> planted.log = SpoiledLog.batching(batches).apply(planted.log));
  }
}
