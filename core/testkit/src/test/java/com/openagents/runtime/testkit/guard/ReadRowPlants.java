package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptRow;
import com.openagents.runtime.projection.ProjectionStore.Stretch;
import com.openagents.runtime.projection.ReadRow.Table;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.guard.ProjectionSuites.Rows;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of a store of the read models' rows.
final class ReadRowPlants {

  private static final String ORDER = "rows_are_told_in_the_order_of_sequences_a_page_at_a_time";
  private static final String RUNS = "runs_that_have_rows_are_told_once_in_the_order_of_their_ids";
  private static final String REMOVED = "rows_of_a_stretch_that_it_does_not_tell_are_removed";
  private static final String SOME = "rows_of_several_stretches_are_removed_some_at_a_time";

  private ReadRowPlants() {}

  static List<Plant> all() {
    return Stream.concat(telling().stream(), removing().stream()).toList();
  }

  private static List<Plant> telling() {
    return List.of(
        plant("pages of rows begin anew", ORDER, "rows", others(2, 0L)),
        plant("pages of rows have no end", ORDER, "rows", others(3, 1_000)),
        plant(
            "every row has the same hash",
            "a_row_tells_whether_it_says_what_another_does",
            "rows",
            (_, honest) ->
                (arguments, _) ->
                    honest
                        .rows(
                            (Table) arguments[0],
                            (RunId) arguments[1],
                            (Long) arguments[2],
                            (Integer) arguments[3])
                        .stream()
                        .map(row -> new KeptRow(row.id(), row.seq(), Digest.ofText("")))
                        .toList()),
        plant(
            "pages of runs begin anew",
            RUNS,
            "runsOfRows",
            (_, honest) -> (arguments, _) -> honest.runsOfRows(null, (Integer) arguments[1])),
        plant("pages of runs have no end", RUNS, "runsOfRows", others(1, 1_000)));
  }

  private static List<Plant> removing() {
    return List.of(
        plant("rows that are told are removed", REMOVED, "removeRows", others(2, List.of())),
        plant(
            "whole runs lose their rows",
            REMOVED,
            "removeRows",
            stretches(s -> new Stretch(s.runId(), 0, Long.MAX_VALUE))),
        plant(
            "the last row of a stretch stays",
            REMOVED,
            "removeRows",
            stretches(s -> new Stretch(s.runId(), s.after(), s.through() - 1))),
        plant("rows are removed all at once", SOME, "removeRows", others(3, 1_000)),
        plant(
            "a former writer may remove rows",
            "no_row_is_removed_under_an_epoch_that_is_over",
            "removeRows",
            (planted, _) ->
                (arguments, call) -> {
                  Object[] others = arguments.clone();
                  others[0] = planted.writers.current().map(WriterLease::epoch).orElse(0L);
                  return call.call(others);
                }));
  }

  /// Has a method called with another argument.
  private static BiFunction<Planted, ProjectionStore, Instead> others(int place, Object argument) {
    return (_, _) ->
        (arguments, call) -> {
          Object[] others = arguments.clone();
          others[place] = argument;
          return call.call(others);
        };
  }

  private static BiFunction<Planted, ProjectionStore, Instead> stretches(
      UnaryOperator<Stretch> other) {
    return (_, _) ->
        (arguments, call) -> {
          Object[] others = arguments.clone();
          others[1] = ((List<?>) arguments[1]).stream().map(s -> other.apply((Stretch) s)).toList();
          return call.call(others);
        };
  }

  private static Plant plant(
      String bug,
      String caughtBy,
      String method,
      BiFunction<Planted, ProjectionStore, Instead> spoiled) {
    return new Plant(
        bug,
        Rows.class,
        caughtBy,
        planted ->
            planted.projections =
                PortProxy.of(
                    ProjectionStore.class,
                    planted.projections,
                    method,
                    spoiled.apply(planted, planted.projections)));
  }
}
