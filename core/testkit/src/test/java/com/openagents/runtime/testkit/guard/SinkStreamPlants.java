package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.testkit.guard.ProjectionSuites.StreamsOfSinks;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of where the streams of sinks stand.
final class SinkStreamPlants {

  private static final String STANDS = "where_a_sink_stands_is_kept";
  private static final String RESERVED = "how_far_a_stream_may_stand_is_kept_step_by_step";

  private static final String LEAVES =
      "a_stream_of_what_is_neither_told_nor_kept_is_told_of_until_it_ended_or_is_let_go";

  private SinkStreamPlants() {}

  static List<Plant> all() {
    return Stream.of(standing(), leaving()).flatMap(List::stream).toList();
  }

  private static List<Plant> standing() {
    return List.of(
        plant("where a sink stands is forgotten", STANDS, "standing", _ -> (_, _) -> Map.of()),
        plant("a former writer may say where a sink stands", STANDS, "stands", _ -> unfenced(null)),
        plant(
            "how far a stream may stand is forgotten",
            RESERVED,
            "reserved",
            _ -> (_, _) -> Map.of()),
        plant("a stream may stand anywhere", RESERVED, "reserve", _ -> (_, _) -> true),
        plant("a former writer may move a stream", RESERVED, "reserve", _ -> unfenced(true)),
        plant(
            "where a sink stood is known for ever",
            "where_a_stream_stood_is_known_without_documents_until_it_ended",
            "ended",
            _ -> (_, _) -> null),
        plant(
            "a former writer may end a stream",
            "no_stream_ends_under_an_epoch_that_is_over",
            "ended",
            _ -> unfenced(null)));
  }

  private static List<Plant> leaving() {
    return List.of(
        plant(
            "a stream that is told leaves",
            LEAVES,
            "leaving",
            honest -> (_, _) -> honest.leaving(List.of())),
        plant("nobody knows why a stream stays", LEAVES, "stays", _ -> (_, _) -> null),
        plant("whatever stream there is is let go", LEAVES, "letGo", _ -> (_, _) -> true),
        plant(
            "a stream that moves stays for the same reason",
            "why_a_stream_stays_is_forgotten_once_it_moves_and_with_the_sink",
            "stands",
            honest ->
                (arguments, call) -> {
                  Object noted = call.call(arguments);
                  honest.stays(
                      (Long) arguments[0],
                      (String) arguments[1],
                      (String) arguments[2],
                      "no such table");
                  return noted;
                }));
  }

  private static Instead unfenced(@Nullable Object answer) {
    return (arguments, call) -> {
      try {
        return call.call(arguments);
      } catch (WriterFenced over) {
        return answer;
      }
    };
  }

  private static Plant plant(
      String bug, String caughtBy, String method, Function<SinkStreams, Instead> spoiled) {
    return new Plant(
        bug,
        StreamsOfSinks.class,
        caughtBy,
        planted ->
            planted.sinkStreams =
                PortProxy.of(
                    SinkStreams.class,
                    planted.sinkStreams,
                    method,
                    spoiled.apply(planted.sinkStreams)));
  }
}
