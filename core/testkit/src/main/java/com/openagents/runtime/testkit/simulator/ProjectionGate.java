package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.SinkAway;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Through which a projecting process makes all of its calls: control changes hands before and
/// after each, and there faults happen.
record ProjectionGate(ProjectionWorld world, Place place) {

  private static final Set<String> WRITES =
      Set.of(
          "commit",
          "begin",
          "sweep",
          "taken",
          "park",
          "save",
          "write",
          "stands",
          "reserve",
          "lost",
          "removeRows");

  /// A sink, as the process reaches it.
  ProjectionSink sink(ProjectionSink honest) {
    StreamEnd streams =
        (from, epoch, projection, generation, changes) -> {
          boolean there = honest.position(projection) == from;
          return new StreamEnd.Answer(
              there
                  ? Optional.of(honest.deliver(epoch, projection, generation, changes))
                  : Optional.empty(),
              honest.position(projection));
        };
    return new RememberingSink(port(ProjectionSink.class, honest), port(StreamEnd.class, streams));
  }

  <P> P port(Class<P> type, P honest) {
    return PortProxy.of(
        type,
        honest,
        (method, arguments, call) ->
            method.equals("name") || method.equals("position")
                ? call.call(arguments)
                : call(type, method, () -> call.call(arguments)));
  }

  void sleep(Duration duration) {
    world.lockstep().sleep(duration);
    place.mustBeThere();
  }

  private @Nullable Object call(Class<?> port, String method, Supplier<@Nullable Object> call) {
    pass();
    Fault fault = world.fault();
    String what = "%s: %s.%s".formatted(place.name(), port.getSimpleName(), method);
    switch (fault) {
      case CRASH_BEFORE -> crash(what);
      case FREEZE_BEFORE -> freeze(what);
      case UNAVAILABLE -> throw noAnswer(port, what + " → NO ANSWER, no effect");
      case LANDS_LATER -> {
        if (WRITES.contains(method)) {
          world.land(what, call);
        }
        throw noAnswer(port, what + " → NO ANSWER yet");
      }
      default -> {}
    }
    Object answer = call.get();
    world.note(() -> what + " → " + answer);
    switch (fault) {
      case CRASH_AFTER -> crash(what);
      case FREEZE_AFTER -> freeze(what);
      case ANSWER_LOST -> throw noAnswer(port, what + " → ANSWER LOST");
      default -> {}
    }
    pass();
    return answer;
  }

  private void pass() {
    world.lockstep().pass();
    place.mustBeThere();
  }

  private void crash(String what) {
    world.note(() -> "CRASH at " + what);
    world.crash(place);
    place.mustBeThere();
  }

  private void freeze(String what) {
    world.note(() -> "FREEZE at " + what);
    place.freeze(world.lockstep().now().plus(world.longerThanLease()));
    pass();
  }

  private RuntimeException noAnswer(Class<?> port, String said) {
    world.note(() -> said);
    return port == ProjectionSink.class || port == StreamEnd.class
        ? new SinkAway("simulated", said)
        : new StoreUnavailable(said, new IllegalStateException("simulated"));
  }
}
