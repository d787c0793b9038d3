package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Progress;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.guard.ProjectionSuites.KeptRebuilds;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Bugs of how rebuilds are kept.
final class RebuildPlants {

  private static final String ASKED = "a_rebuild_is_kept_as_it_was_asked_for";
  private static final String ENDED = "what_has_ended_stays_as_it_ended";
  private static final String NEWEST = "numbers_rise_and_the_newest_is_told_first";

  private RebuildPlants() {}

  static List<Plant> all() {
    return Stream.concat(asking().stream(), carrying().stream()).toList();
  }

  private static List<Plant> asking() {
    return List.of(
        plant(
            "every rebuild is of everything",
            ASKED,
            "request",
            (_, honest) ->
                (arguments, _) -> {
                  Request asked = (Request) arguments[0];
                  return honest.request(
                      new Request(new Scope.All(), asked.compareOnly(), asked.requestedBy()));
                }),
        plant(
            "nobody knows who asked for a rebuild",
            ASKED,
            "request",
            (_, honest) ->
                (arguments, _) -> {
                  Request asked = (Request) arguments[0];
                  return honest.request(
                      new Request(asked.scope(), asked.compareOnly(), "somebody"));
                }),
        plant(
            "the oldest rebuild is told first",
            NEWEST,
            "recent",
            (_, honest) -> (_, _) -> honest.recent(100).reversed()),
        plant(
            "every rebuild is told", NEWEST, "recent", (_, honest) -> (_, _) -> honest.recent(100)),
        plant(
            "a rebuild is looked for among the newest",
            "each_is_found_by_its_number_however_many_came_behind_it",
            "find",
            (_, honest) ->
                (arguments, _) ->
                    honest.recent(10).stream()
                        .filter(r -> r.number() == (Long) arguments[0])
                        .findFirst()),
        plant(
            "the newest rebuild is next",
            "the_oldest_that_has_not_ended_is_next",
            "unfinished",
            (_, honest) ->
                (_, _) -> honest.recent(100).stream().filter(r -> !r.phase().ended()).findFirst()));
  }

  private static List<Plant> carrying() {
    return List.of(
        plant(
            "how far a rebuild has come is forgotten",
            "how_far_it_has_come_is_kept",
            "save",
            (_, honest) ->
                (arguments, _) -> {
                  Rebuild rebuild = (Rebuild) arguments[1];
                  return honest.save(
                      (Long) arguments[0], rebuild.in(rebuild.phase(), Progress.NONE));
                }),
        plant(
            "a rebuild goes on though it was canceled",
            ENDED,
            "save",
            (_, _) ->
                (arguments, call) -> {
                  call.call(arguments);
                  return true;
                }),
        plant(
            "a rebuild that was done can be canceled",
            ENDED,
            "cancel",
            (_, honest) ->
                (arguments, call) -> {
                  call.call(arguments);
                  return honest.recent(100).stream()
                      .anyMatch(r -> r.number() == (Long) arguments[0]);
                }),
        plant(
            "what was never asked for is canceled",
            "what_was_never_asked_for_is_neither_kept_nor_canceled",
            "cancel",
            (_, honest) ->
                (arguments, call) ->
                    Boolean.TRUE.equals(call.call(arguments))
                        || honest.recent(100).stream()
                            .noneMatch(r -> r.number() == (Long) arguments[0])),
        plant(
            "a cancel forgets how far a rebuild came",
            "a_rebuild_that_is_canceled_keeps_how_far_it_came",
            "recent",
            (_, honest) ->
                (arguments, _) ->
                    honest.recent((Integer) arguments[0]).stream()
                        .map(r -> r.phase() == Phase.CANCELED ? r.in(r.phase(), Progress.NONE) : r)
                        .toList()),
        plant(
            "a former writer carries a rebuild on",
            "nothing_is_kept_under_an_epoch_that_is_over",
            "save",
            (planted, honest) ->
                (arguments, _) ->
                    honest.save(
                        planted.writers.current().map(WriterLease::epoch).orElse(0L),
                        (Rebuild) arguments[1])));
  }

  private static Plant plant(
      String bug, String caughtBy, String method, BiFunction<Planted, Rebuilds, Instead> spoiled) {
    return new Plant(
        bug,
        KeptRebuilds.class,
        caughtBy,
        planted ->
            planted.rebuilds =
                PortProxy.of(
                    Rebuilds.class,
                    planted.rebuilds,
                    method,
                    spoiled.apply(planted, planted.rebuilds)));
  }
}
