package com.openagents.runtime.postgres.log;

import com.openagents.runtime.identity.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Divides a batch into statements: a run stands in each at most once, in the order of its writes.
final class Rounds {

  private Rounds() {}

  /// @return for each statement the indexes of its writes, at most `max`
  static List<List<Integer>> of(List<PreparedWrite> writes, int max) {
    Map<RunId, Integer> seen = new HashMap<>();
    List<List<Integer>> rounds = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      int round = seen.merge(writes.get(i).runId(), 1, Integer::sum) - 1;
      if (round == rounds.size()) {
        rounds.add(new ArrayList<>());
      }
      rounds.get(round).add(i);
    }
    return rounds.stream().flatMap(round -> slices(round, max).stream()).toList();
  }

  private static List<List<Integer>> slices(List<Integer> round, int max) {
    List<List<Integer>> slices = new ArrayList<>();
    for (int from = 0; from < round.size(); from += max) {
      slices.add(round.subList(from, Math.min(round.size(), from + max)));
    }
    return slices;
  }
}
