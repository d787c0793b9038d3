package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkBook.Due;
import com.openagents.runtime.projection.SinkBook.Older;
import com.openagents.runtime.projection.SinkBook.Taken;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.guard.ProjectionSuites.SinkBooks;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Bugs of the book of sinks.
final class SinkBookPlants {

  private static final String FENCED = "nothing_is_noted_under_an_epoch_that_is_over";
  private static final String LOST = "a_sink_that_has_lost_something_is_given_everything_in_steps";

  private static final String RETIRED =
      "documents_that_are_told_no_more_go_in_steps_with_what_sinks_have_of_them";

  private static final List<String> ALL = List.of("run_summary", "timeline_slice");

  private SinkBookPlants() {}

  static List<Plant> all() {
    return Stream.of(fences(), due(), older(), parked(), left()).flatMap(List::stream).toList();
  }

  private static List<Plant> fences() {
    return Stream.of("taken", "park", "reset")
        .map(method ->
            plant(
                "a former writer may " + method,
                FENCED,
                method,
                (planted, _) ->
                    (arguments, call) -> {
                      Object[] others = arguments.clone();
                      others[0] = planted.writers.current().map(WriterLease::epoch).orElse(0L);
                      return call.call(others);
                    }))
        .toList();
  }

  private static List<Plant> due() {
    return List.of(
        plant(
            "what came due last comes first",
            "what_was_due_longest_comes_first",
            "due",
            (_, honest) ->
                (arguments, _) ->
                    honest.due((String) arguments[0], told(arguments[1]), 1_000).reversed().stream()
                        .limit((Integer) arguments[2])
                        .toList()),
        plant(
            "all that is due comes at once",
            "what_was_due_longest_comes_first",
            "due",
            (_, honest) ->
                (arguments, _) -> honest.due((String) arguments[0], told(arguments[1]), 1_000)),
        plant(
            "what is gone is not due",
            "what_is_swept_is_due_to_go_from_where_it_is",
            "due",
            (_, honest) ->
                (arguments, _) ->
                    honest
                        .due((String) arguments[0], told(arguments[1]), (Integer) arguments[2])
                        .stream()
                        .filter(due -> due.wanted() != null)
                        .toList()),
        plant(
            "what moved meanwhile is taken",
            "what_moved_while_it_was_delivered_stays_due",
            "taken",
            (planted, honest) ->
                (arguments, _) -> {
                  honest.taken(
                      (Long) arguments[0],
                      (String) arguments[1],
                      ((List<?>) arguments[2])
                          .stream().map(one -> newest(planted, (Taken) one)).toList());
                  return null;
                }),
        plant(
            "what one sink has all have",
            "what_is_written_is_due_for_every_sink_on_its_own",
            "held",
            (planted, _) ->
                (arguments, call) ->
                    planted.knownSinks.sinks(List.of()).stream()
                        .map(s -> call.call(s.sink(), arguments[1], arguments[2]))
                        .filter(held -> held instanceof Map<?, ?> some && !some.isEmpty())
                        .findFirst()
                        .orElse(Map.of())),
        plant(
            "who lost a document is given all",
            "a_sink_that_lost_a_projection_is_given_all_of_it",
            "reset",
            (_, honest) ->
                (arguments, _) -> {
                  honest.reset(
                      (Long) arguments[0], (String) arguments[1], (String) arguments[2], null);
                  return null;
                }));
  }

  private static List<Plant> older() {
    return List.of(
        plant(
            "what is new is waited for like what was due",
            "of_what_a_sink_was_never_given_it_may_have_what_was_due_when_it_came",
            "older",
            (_, honest) ->
                (arguments, _) ->
                    honest.older((String) arguments[0], (String) arguments[1], Instant.MAX)),
        plant(
            "what is due is not waited for",
            "what_a_sink_has_is_older_until_the_newer_generation_is_taken_whatever_else_is_due",
            "older",
            (_, _) -> (_, _) -> Older.NONE),
        plant(
            "what is parked is as good as gone",
            "what_is_parked_is_older_in_a_way_of_its_own",
            "older",
            (_, _) ->
                (arguments, call) -> {
                  Object older = call.call(arguments);
                  return Older.PARKED.equals(older) ? Older.NONE : older;
                }));
  }

  private static Taken newest(Planted planted, Taken taken) {
    return new Taken(
        taken.projection(),
        taken.entity(),
        planted
            .projections
            .find(taken.projection(), taken.entity().id())
            .map(KeptDocument::checkpoint)
            .orElse(null));
  }

  private static List<Plant> parked() {
    return List.of(
        plant(
            "nothing is parked",
            "what_is_parked_is_not_due_until_it_changes",
            "park",
            (_, _) -> (_, _) -> null),
        plant(
            "whatever form there is is parked",
            "a_form_that_has_moved_on_is_not_parked",
            "park",
            (planted, honest) ->
                (arguments, _) -> {
                  Due due = (Due) arguments[2];
                  KeptDocument now =
                      planted.projections.find(due.projection(), due.entity().id()).orElse(null);
                  honest.park(
                      (Long) arguments[0],
                      (String) arguments[1],
                      new Due(due.projection(), due.entity(), now, due.there()),
                      (String) arguments[3]);
                  return null;
                }),
        plant(
            "a removal cannot be parked",
            "a_removal_is_parked_like_a_form",
            "park",
            (_, _) ->
                (arguments, call) ->
                    ((Due) arguments[2]).wanted() == null ? null : call.call(arguments)),
        plant(
            "what one sink tries again all do",
            "what_is_parked_is_tried_again_when_somebody_says_so",
            "retry",
            (planted, honest) ->
                (arguments, call) -> {
                  planted.knownSinks.sinks(List.of()).stream()
                      .filter(s -> !s.sink().equals(arguments[0]))
                      .forEach(s -> honest.retry(s.sink()));
                  return call.call(arguments);
                }));
  }

  private static List<Plant> left() {
    return List.of(
        plant(
            "what is told no more is due",
            "only_what_is_told_is_due",
            "due",
            (_, honest) ->
                (arguments, _) -> honest.due((String) arguments[0], ALL, (Integer) arguments[2])),
        plant("a loss changes nothing", LOST, "lost", (_, _) -> (_, _) -> null),
        new Plant(
            "what was lost is due at once, and never all of it",
            SinkBooks.class,
            LOST,
            planted ->
                planted.knownSinks =
                    PortProxy.of(KnownSinks.class, planted.knownSinks, "marking", (_, _) -> false)),
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

  static List<String> told(Object argument) {
    return ((Collection<?>) argument).stream().map(String.class::cast).toList();
  }

  private static Plant plant(
      String bug, String caughtBy, String method, BiFunction<Planted, SinkBook, Instead> spoiled) {
    return new Plant(
        bug,
        SinkBooks.class,
        caughtBy,
        planted ->
            planted.sinkBook =
                PortProxy.of(
                    SinkBook.class,
                    planted.sinkBook,
                    method,
                    spoiled.apply(planted, planted.sinkBook)));
  }

  private static Plant retiring(
      String bug, String caughtBy, Function<ProjectionStore, Instead> spoiled) {
    return new Plant(
        bug,
        SinkBooks.class,
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
