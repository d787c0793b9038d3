package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkBook.Forgotten;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.testkit.guard.ProjectionSuites.KnownSinks;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Bugs of what is known of the sinks themselves.
final class KnownSinkPlants {

  private static final String LOST = "a_sink_that_has_lost_something_is_given_everything_in_steps";

  private static final String RETIRED =
      "documents_that_are_told_no_more_go_in_steps_with_what_sinks_have_of_them";
  private static final List<String> ALL = List.of("run_summary", "timeline_slice");

  private KnownSinkPlants() {}

  static List<Plant> all() {
    return Stream.concat(known().stream(), left().stream()).toList();
  }

  private static List<Plant> known() {
    return List.of(
        plant(
            "a sink is never forgotten",
            "a_sink_is_forgotten_when_the_writer_does_not_serve_it",
            "forget",
            _ -> (_, _) -> Forgotten.FORGOTTEN),
        plant(
            "whatever sink there is is forgotten",
            "a_sink_is_forgotten_when_the_writer_does_not_serve_it",
            "forget",
            honest ->
                (arguments, call) ->
                    honest.sinks(List.of()).stream().anyMatch(s -> s.sink().equals(arguments[0]))
                        ? Forgotten.FORGOTTEN
                        : call.call(arguments)),
        plant(
            "what is known of a forgotten sink stays",
            "what_is_known_of_a_forgotten_sink_goes_in_steps_and_is_no_more",
            "clear",
            _ -> (_, _) -> true),
        plant(
            "a forgotten sink goes on where it was",
            "a_sink_that_was_forgotten_is_new_when_it_comes_again",
            "forget",
            honest ->
                (arguments, call) ->
                    honest.paused((String) arguments[0])
                        ? Forgotten.FORGOTTEN
                        : call.call(arguments)),
        plant("a loss changes nothing", LOST, "lost", _ -> (_, _) -> null),
        plant(
            "what was lost is due at once, and never all of it",
            LOST,
            "marking",
            _ -> (_, _) -> false));
  }

  private static List<Plant> left() {
    return List.of(
        plant(
            "what is told no more is due",
            "only_what_is_told_is_due",
            "due",
            honest ->
                (arguments, _) -> honest.due((String) arguments[0], ALL, (Integer) arguments[2])),
        plant(
            "what is told no more is counted as due",
            "only_what_is_told_is_due",
            "sinks",
            honest -> (_, _) -> honest.sinks(ALL)),
        retiring(
            "what is told no more goes at once",
            RETIRED,
            honest ->
                (arguments, _) -> honest.retire((Long) arguments[0], (String) arguments[1], 9)),
        retiring("what is told no more stays", RETIRED, _ -> (_, _) -> 0),
        retiring(
            "a former writer may remove what is told no more",
            "nothing_is_retired_under_an_epoch_that_is_over",
            honest ->
                (arguments, _) -> {
                  try {
                    return honest.retire((Long) arguments[0], (String) arguments[1], 9);
                  } catch (WriterFenced over) {
                    return 0;
                  }
                }));
  }

  private static Plant plant(
      String bug, String caughtBy, String method, Function<SinkBook, Instead> spoiled) {
    return new Plant(
        bug,
        KnownSinks.class,
        caughtBy,
        planted ->
            planted.sinks =
                PortProxy.of(SinkBook.class, planted.sinks, method, spoiled.apply(planted.sinks)));
  }

  private static Plant retiring(
      String bug, String caughtBy, Function<ProjectionStore, Instead> spoiled) {
    return new Plant(
        bug,
        KnownSinks.class,
        caughtBy,
        planted ->
            planted.projections =
                PortProxy.of(
                    ProjectionStore.class,
                    planted.projections,
                    "retire",
                    spoiled.apply(planted.projections)));
  }
}
