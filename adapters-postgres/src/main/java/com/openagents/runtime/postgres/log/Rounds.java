package com.openagents.runtime.postgres.log;

import com.openagents.runtime.identity.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Divides a batch into statements, in the order of each run's writes: writes to different runs
/// stand in one statement, and so do frames of one run that follow each other. A fork stands alone.
///
/// @param apart for each statement the indexes of its writes, no two to the same run
/// @param together for each statement the indexes of the frames of one run, two or more
record Rounds(List<List<Integer>> apart, List<List<Integer>> together) {

  /// Joins frames where that saves statements: a batch of many runs with few frames each is better
  /// written a frame of each run at a time.
  ///
  /// @param max how many writes a statement may have
  /// @return rounds of which each may begin when the one before is over
  static List<Rounds> of(List<PreparedWrite> writes, int max) {
    List<Rounds> apart = of(writes, max, 1);
    if (apart.size() < 3) {
      return apart;
    }
    List<Rounds> joined = of(writes, max, max);
    return cost(joined) < cost(apart) ? joined : apart;
  }

  /// In round trips: frames that stand together are looked up before they are written.
  private static int cost(List<Rounds> rounds) {
    return rounds.stream()
        .mapToInt(round -> round.apart().size() + 2 * round.together().size())
        .sum();
  }

  private static List<Rounds> of(List<PreparedWrite> writes, int max, int framesMax) {
    Map<RunId, List<List<Integer>>> units = new HashMap<>();
    List<List<List<Integer>>> rounds = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      List<List<Integer>> ofRun =
          units.computeIfAbsent(writes.get(i).runId(), _ -> new ArrayList<>());
      if (!ofRun.isEmpty() && joins(writes, ofRun.getLast(), i, framesMax)) {
        ofRun.getLast().add(i);
      } else {
        List<Integer> unit = new ArrayList<>(List.of(i));
        ofRun.add(unit);
        if (rounds.size() < ofRun.size()) {
          rounds.add(new ArrayList<>());
        }
        rounds.get(ofRun.size() - 1).add(unit);
      }
    }
    return rounds.stream().map(round -> round(writes, round, max)).toList();
  }

  private static boolean joins(List<PreparedWrite> writes, List<Integer> unit, int index, int max) {
    return unit.size() < max
        && FramesOfOneRun.follows(writes.get(unit.getLast()), writes.get(index));
  }

  private static Rounds round(List<PreparedWrite> writes, List<List<Integer>> units, int max) {
    List<List<Integer>> apart = new ArrayList<>();
    List<Integer> single = new ArrayList<>();
    List<List<Integer>> together = new ArrayList<>();
    for (List<Integer> unit : units) {
      if (unit.size() > 1) {
        together.add(unit);
      } else if (ForkStatement.takes(writes.get(unit.getFirst()))) {
        apart.add(unit);
      } else {
        single.addAll(unit);
      }
    }
    apart.addAll(0, slices(single, max));
    return new Rounds(apart, together);
  }

  private static List<List<Integer>> slices(List<Integer> round, int max) {
    List<List<Integer>> slices = new ArrayList<>();
    for (int from = 0; from < round.size(); from += max) {
      slices.add(round.subList(from, Math.min(round.size(), from + max)));
    }
    return slices;
  }
}
