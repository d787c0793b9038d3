package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkBook.Forgotten;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.testkit.guard.ProjectionSuites.KnownSinks;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Bugs of what is known of the sinks themselves.
final class KnownSinkPlants {

  private static final String LOST = "a_sink_that_has_lost_something_is_given_everything_in_steps";

  private KnownSinkPlants() {}

  static List<Plant> all() {
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
                    honest.sinks().stream().anyMatch(s -> s.sink().equals(arguments[0]))
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
        plant(
            "where a sink stands is forgotten",
            "where_a_sink_stands_is_kept",
            "standing",
            _ -> (_, _) -> Map.of()),
        plant(
            "a former writer may say where a sink stands",
            "where_a_sink_stands_is_kept",
            "stands",
            _ ->
                (arguments, call) -> {
                  try {
                    return call.call(arguments);
                  } catch (WriterFenced over) {
                    return null;
                  }
                }),
        plant(
            "a stream may stand anywhere",
            "how_far_a_stream_may_stand_is_kept_step_by_step",
            "reserve",
            _ -> (_, _) -> true),
        plant("a loss changes nothing", LOST, "lost", _ -> (_, _) -> null),
        plant(
            "what was lost is due at once, and never all of it",
            LOST,
            "marking",
            _ -> (_, _) -> false));
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
}
