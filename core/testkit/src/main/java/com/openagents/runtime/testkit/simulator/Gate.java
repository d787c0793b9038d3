package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.log.StoreUnavailable;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Through which a process makes all of its calls: control changes hands before and after each, and
/// there faults happen.
final class Gate {

  private final World world;
  private final Place place;

  Gate(World world, Place place) {
    this.world = world;
    this.place = place;
  }

  <T> T store(String what, Supplier<T> call, Function<T, String> shown) {
    return call(what, true, call, shown);
  }

  <T> T model(String what, Supplier<T> call, Function<T, String> shown) {
    return call(what, false, call, shown);
  }

  void sleep(Duration duration) {
    world.lockstep().sleep(duration);
    place.mustBeThere();
  }

  private <T> T call(String what, boolean ofStore, Supplier<T> call, Function<T, String> shown) {
    Actor caller = world.lockstep().current();
    Place from = caller.place();
    caller.enter(place);
    try {
      pass();
      Fault fault = world.fault(place.name(), what, ofStore);
      before(fault, what);
      T answer = call.get();
      world.note("%s: %s → %s%s".formatted(name(caller), what, shown.apply(answer), after(fault)));
      happensAfter(fault);
      pass();
      return answer;
    } finally {
      caller.enter(from);
    }
  }

  private void before(Fault fault, String what) {
    switch (fault) {
      case CRASH_BEFORE -> {
        world.note("%s CRASHES before %s".formatted(place.name(), what));
        crash();
      }
      case FREEZE_BEFORE -> {
        world.note("%s FREEZES before %s".formatted(place.name(), what));
        freeze();
      }
      case UNAVAILABLE -> {
        world.note("%s: %s → NO ANSWER, no effect".formatted(place.name(), what));
        throw unavailable();
      }
      case NONE, CRASH_AFTER, ANSWER_LOST, FREEZE_AFTER -> {}
    }
  }

  private void happensAfter(Fault fault) {
    switch (fault) {
      case CRASH_AFTER -> crash();
      case FREEZE_AFTER -> freeze();
      case ANSWER_LOST -> throw unavailable();
      case NONE, CRASH_BEFORE, UNAVAILABLE, FREEZE_BEFORE -> {}
    }
  }

  private static String after(Fault fault) {
    return switch (fault) {
      case CRASH_AFTER -> ", then CRASHES";
      case FREEZE_AFTER -> ", then FREEZES";
      case ANSWER_LOST -> ", ANSWER LOST";
      case NONE, CRASH_BEFORE, UNAVAILABLE, FREEZE_BEFORE -> "";
    };
  }

  private void crash() {
    world.crash(place);
    place.mustBeThere();
  }

  private void freeze() {
    place.freeze(world.lockstep().now().plus(world.longerThanLease()));
    pass();
  }

  private void pass() {
    world.lockstep().pass();
    place.mustBeThere();
  }

  private String name(Actor caller) {
    @Nullable Place at = caller.place();
    return at == null || caller.name().startsWith(at.name())
        ? caller.name()
        : caller.name() + " at " + at.name();
  }

  private static StoreUnavailable unavailable() {
    return new StoreUnavailable("simulated", new IllegalStateException("no answer"));
  }
}
