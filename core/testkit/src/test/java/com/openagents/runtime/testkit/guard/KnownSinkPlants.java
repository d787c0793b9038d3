package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.KnownSinks.Behind;
import com.openagents.runtime.projection.KnownSinks.Forgotten;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.guard.ProjectionSuites.RegisteredSinks;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Bugs of what is known of the sinks themselves.
final class KnownSinkPlants {

  private static final List<String> ALL = List.of("run_summary", "timeline_slice");

  private KnownSinkPlants() {}

  static List<Plant> all() {
    return Stream.of(registered(), forgotten(), counted()).flatMap(List::stream).toList();
  }

  private static List<Plant> forgotten() {
    return List.of(
        plant(
            "a sink is never forgotten",
            "a_sink_is_forgotten_when_the_writer_does_not_serve_it",
            "forget",
            (_, _) -> (_, _) -> Forgotten.FORGOTTEN),
        plant(
            "whatever sink there is is forgotten",
            "a_sink_is_forgotten_when_the_writer_does_not_serve_it",
            "forget",
            (_, honest) ->
                (arguments, call) ->
                    honest.sinks(List.of()).stream().anyMatch(s -> s.sink().equals(arguments[0]))
                        ? Forgotten.FORGOTTEN
                        : call.call(arguments)),
        plant(
            "what is known of a forgotten sink stays",
            "what_is_known_of_a_forgotten_sink_goes_in_steps_and_is_no_more",
            "clear",
            (_, _) -> (_, _) -> true),
        plant(
            "a forgotten sink goes on where it was",
            "a_sink_that_was_forgotten_is_new_when_it_comes_again",
            "forget",
            (_, honest) ->
                (arguments, call) ->
                    honest.paused((String) arguments[0])
                        ? Forgotten.FORGOTTEN
                        : call.call(arguments)));
  }

  private static List<Plant> registered() {
    return List.of(
        plant(
            "a former writer may register",
            "no_sink_is_registered_under_an_epoch_that_is_over",
            "register",
            (planted, _) ->
                (arguments, call) -> {
                  Object[] others = arguments.clone();
                  others[0] = planted.writers.current().map(WriterLease::epoch).orElse(0L);
                  return call.call(others);
                }),
        plant(
            "a sink that registers again is new",
            "registering_a_sink_that_is_known_changes_nothing",
            "register",
            (planted, _) ->
                (arguments, call) -> {
                  planted.sinkBook.reset(
                      (Long) arguments[0], (String) arguments[1], "run_summary", null);
                  return call.call(arguments);
                }),
        plant(
            "a new sink is told of all at once",
            "a_new_sink_is_told_of_many_documents_in_steps",
            "register",
            (_, honest) ->
                (arguments, _) ->
                    honest.register((Long) arguments[0], (String) arguments[1], 10_000)),
        plant(
            "a new sink is told of the first documents only",
            "a_new_sink_is_told_of_many_documents_in_steps",
            "register",
            (_, _) ->
                (arguments, call) -> {
                  call.call(arguments);
                  return true;
                }),
        plant(
            "all sinks rest",
            "a_sink_rests_and_goes_on",
            "pause",
            (_, honest) ->
                (arguments, _) -> {
                  honest
                      .sinks(List.of())
                      .forEach(s -> honest.pause(s.sink(), (Boolean) arguments[1]));
                  return null;
                }));
  }

  private static List<Plant> counted() {
    return List.of(
        plant(
            "what is told no more is counted as due",
            "only_what_is_told_counts",
            "sinks",
            (_, honest) -> (_, _) -> honest.sinks(ALL)),
        lacking(
            "documents are counted instead of events",
            "it_tells_how_much_a_sink_lacks",
            s -> new Behind(s.pending(), s.behind().p95())),
        lacking(
            "the sum stands for most of them",
            "it_tells_how_far_most_of_what_a_sink_lacks_is_behind",
            s -> new Behind(s.behind().sum(), s.behind().sum())));
  }

  private static Plant lacking(String bug, String caughtBy, Function<SinkState, Behind> spoiled) {
    return plant(
        bug,
        caughtBy,
        "sinks",
        (_, honest) ->
            (arguments, _) ->
                honest.sinks(SinkBookPlants.told(arguments[0])).stream()
                    .map(s ->
                        new SinkState(
                            s.sink(),
                            s.paused(),
                            s.marking(),
                            s.pending(),
                            s.parked(),
                            spoiled.apply(s),
                            s.oldestDue(),
                            s.trouble()))
                    .toList());
  }

  private static Plant plant(
      String bug,
      String caughtBy,
      String method,
      BiFunction<Planted, KnownSinks, Instead> spoiled) {
    return new Plant(
        bug,
        RegisteredSinks.class,
        caughtBy,
        planted ->
            planted.knownSinks =
                PortProxy.of(
                    KnownSinks.class,
                    planted.knownSinks,
                    method,
                    spoiled.apply(planted, planted.knownSinks)));
  }
}
