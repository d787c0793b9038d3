package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.testkit.simulator.Call.Kind;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/// Through which a process makes all of its calls: control changes hands before and after each, and
/// there faults happen.
final class Gate {

  private final World world;
  private final Place place;

  Gate(World world, Place place) {
    this.world = world;
    this.place = place;
  }

  <T> T store(Supplier<String> what, Supplier<T> call, Function<T, String> shown) {
    return call(Kind.STORE, what, _ -> call.get(), shown);
  }

  /// @param call what is seen when that fault happens
  <T> T look(Supplier<String> what, Function<Fault, T> call, Function<T, String> shown) {
    return call(Kind.LOOK, what, call, shown);
  }

  /// @param call who answers when that fault happens
  <T> T ask(Supplier<String> what, Function<Fault, T> call) {
    return call(Kind.ASK_MODEL, what, call, _ -> "asked");
  }

  /// @param call what is heard when that fault happens
  <T> T hear(Function<Fault, T> call) {
    return call(Kind.HEAR_MODEL, () -> "hear", call, Object::toString);
  }

  /// What becomes of a wake-up, which takes no time and changes nobody.
  Fault wakeUp(Supplier<String> what) {
    Fault fault = world.fault(place.name(), Kind.WAKE_UP);
    if (fault != Fault.NONE) {
      world.note(() -> "%s: %s: %s".formatted(place.name(), what.get(), fault));
    }
    return fault;
  }

  void sleep(Duration duration) {
    world.lockstep().sleep(duration);
    place.mustBeThere();
  }

  private <T> T call(
      Kind kind, Supplier<String> what, Function<Fault, T> call, Function<T, String> shown) {
    Actor caller = world.lockstep().current();
    Place from = caller.place();
    caller.enter(place);
    try {
      pass();
      Fault fault = world.fault(place.name(), kind);
      before(fault, what);
      mustReach(kind, what);
      if (fault == Fault.LANDS_LATER) {
        world.note(() -> "%s: %s → NO ANSWER yet".formatted(name(caller), what.get()));
        world.land(() -> what.get() + " → " + shown.apply(call.apply(fault)));
        throw unavailable();
      }
      T answer = call.apply(fault);
      world.note(() ->
          "%s: %s → %s%s".formatted(name(caller), what.get(), shown.apply(answer), after(fault)));
      happensAfter(fault);
      pass();
      return answer;
    } finally {
      caller.enter(from);
    }
  }

  private void before(Fault fault, Supplier<String> what) {
    switch (fault) {
      case CRASH_BEFORE -> {
        world.note(() -> "%s CRASHES before %s".formatted(place.name(), what.get()));
        crash();
      }
      case FREEZE_BEFORE -> {
        world.note(() -> "%s FREEZES before %s".formatted(place.name(), what.get()));
        freeze();
      }
      case UNAVAILABLE -> {
        world.note(() -> "%s: %s → NO ANSWER, no effect".formatted(place.name(), what.get()));
        throw unavailable();
      }
      case CUT_OFF -> place.cutOff(world.lockstep().now().plus(world.aboutALease()));
      case DRAIN -> world.drain(place);
      case CLOCK_AHEAD -> world.stepClockAhead();
      case CLOCK_BACK -> world.stepClockBack();
      default -> {}
    }
  }

  private void mustReach(Kind kind, Supplier<String> what) {
    boolean ofStore = kind == Kind.STORE || kind == Kind.LOOK;
    if (ofStore && !place.reachesStore(world.lockstep().now())) {
      world.note(() -> "%s: %s → NO ANSWER, cut off".formatted(place.name(), what.get()));
      throw unavailable();
    }
  }

  private void happensAfter(Fault fault) {
    switch (fault) {
      case CRASH_AFTER -> crash();
      case FREEZE_AFTER -> freeze();
      case ANSWER_LOST -> throw unavailable();
      default -> {}
    }
  }

  private static String after(Fault fault) {
    return switch (fault) {
      case CRASH_AFTER -> ", then CRASHES";
      case FREEZE_AFTER -> ", then FREEZES";
      case ANSWER_LOST -> ", ANSWER LOST";
      default -> "";
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
    return caller.name().startsWith(place.name())
        ? caller.name()
        : caller.name() + " at " + place.name();
  }

  private static StoreUnavailable unavailable() {
    return new StoreUnavailable("simulated", new IllegalStateException("no answer"));
  }
}
