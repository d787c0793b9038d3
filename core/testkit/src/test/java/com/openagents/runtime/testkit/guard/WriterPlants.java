package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.guard.ProjectionSuites.Writers;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Bugs of the writer's lease.
final class WriterPlants {

  private static final String FORMER = "a_former_holder_changes_nothing";
  private static final String RAISED = "an_epoch_is_raised_by_its_holder_who_stays_the_holder";
  private static final String GIVEN_BACK =
      "a_lease_that_was_given_back_is_taken_under_a_higher_epoch";

  private WriterPlants() {}

  static List<Plant> all() {
    return Stream.concat(taking().stream(), keeping().stream()).toList();
  }

  private static List<Plant> taking() {
    return List.of(
        plant(
            "a holder is given its lease again",
            "nobody_takes_a_lease_that_is_held_not_even_its_holder",
            "acquire",
            (_, honest) ->
                (arguments, call) ->
                    honest
                        .current()
                        .filter(lease -> lease.node().equals(arguments[0]))
                        .map(Optional::of)
                        .orElseGet(() -> honest.acquire((NodeId) arguments[0], ttl(arguments)))),
        plant(
            "a node that comes again has its old epoch",
            GIVEN_BACK,
            "acquire",
            (_, honest) ->
                (arguments, call) ->
                    honest
                        .current()
                        .filter(lease -> lease.node().equals(arguments[0]))
                        .map(lease -> honest.renew(lease, ttl(arguments)))
                        .orElseGet(() -> honest.acquire((NodeId) arguments[0], ttl(arguments)))),
        plant(
            "a lease is prolonged from its end",
            "a_lease_is_prolonged_from_now_on_under_its_epoch",
            "renew",
            (planted, honest) ->
                (arguments, call) ->
                    honest.renew(lease(arguments), ttl(arguments).plus(left(planted, arguments)))),
        plant(
            "a lease is prolonged for a moment",
            "a_lease_is_prolonged_from_now_on_under_its_epoch",
            "renew",
            (_, honest) ->
                (arguments, call) -> honest.renew(lease(arguments), ttl(arguments).dividedBy(9))));
  }

  private static List<Plant> keeping() {
    return List.of(
        plant(
            "a lease that ran out cannot be prolonged",
            "a_lease_that_nobody_has_taken_since_is_prolonged_though_its_time_is_over",
            "renew",
            (planted, honest) ->
                (arguments, call) ->
                    left(planted, arguments).isNegative()
                        ? Optional.empty()
                        : call.call(arguments)),
        plant(
            "anybody prolongs the lease",
            FORMER,
            "renew",
            (_, honest) ->
                (arguments, call) -> honest.renew(honest.current().orElseThrow(), ttl(arguments))),
        plant(
            "anybody raises the epoch",
            FORMER,
            "raise",
            (_, honest) ->
                (arguments, call) ->
                    honest.raise(honest.current().orElseThrow(), 0, (Duration) arguments[2])),
        plant(
            "anybody gives the lease back",
            FORMER,
            "release",
            (_, honest) ->
                (_, _) -> {
                  honest.release(honest.current().orElseThrow());
                  return null;
                }),
        plant(
            "a lease is given back when its time is over",
            GIVEN_BACK,
            "release",
            (_, _) -> (_, _) -> null),
        plant(
            "raising an epoch prolongs the lease and no more",
            RAISED,
            "raise",
            (_, honest) ->
                (arguments, _) -> honest.renew(lease(arguments), (Duration) arguments[2])),
        plant(
            "an epoch is raised by one, whatever it must exceed",
            "an_epoch_is_raised_above_any_that_was_seen_elsewhere",
            "raise",
            (_, honest) ->
                (arguments, _) -> honest.raise(lease(arguments), 0, (Duration) arguments[2])),
        plant(
            "a raised epoch ends soon",
            RAISED,
            "raise",
            (_, honest) ->
                (arguments, _) ->
                    honest.raise(lease(arguments), 0, ((Duration) arguments[2]).dividedBy(2))),
        plant(
            "nobody knows who held the lease last",
            GIVEN_BACK,
            "current",
            (planted, _) ->
                (arguments, call) ->
                    call.call(arguments) instanceof Optional<?> found
                        ? found.filter(lease -> holds((WriterLease) lease, planted.now()))
                        : Optional.empty()));
  }

  private static boolean holds(WriterLease lease, Instant now) {
    return lease.expiresAt().isAfter(now);
  }

  private static WriterLease lease(Object[] arguments) {
    return (WriterLease) arguments[0];
  }

  private static Duration ttl(Object[] arguments) {
    return (Duration) arguments[1];
  }

  private static Duration left(Planted planted, Object[] arguments) {
    return Duration.between(planted.now(), lease(arguments).expiresAt());
  }

  private static Plant plant(
      String bug,
      String caughtBy,
      String method,
      BiFunction<Planted, WriterLeases, Instead> spoiled) {
    return new Plant(
        bug,
        Writers.class,
        caughtBy,
        planted ->
            planted.writers =
                PortProxy.of(
                    WriterLeases.class,
                    planted.writers,
                    method,
                    spoiled.apply(planted, planted.writers)));
  }
}
