package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.inmemory.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs actors one at a time: each goes on until it passes the baton back, and a seed decides who
/// has it next. Virtual time moves a little with each step, and jumps when everybody sleeps.
///
/// So the same seed gives the same schedule, though every actor is a thread.
final class Lockstep {

  private static final int STEP_MICROS_MAX = 3_000;
  private static final long STUCK_SECONDS = 60;

  private final VirtualTime time;
  private final RandomGenerator random;
  private final List<Actor> actors = new ArrayList<>();
  private final Semaphore returned = new Semaphore(0);
  private @Nullable Actor running;

  Lockstep(VirtualTime time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  Instant now() {
    return time.instant();
  }

  /// Begins an actor; it first runs when it is given the baton.
  void spawn(String name, @Nullable Place place, Runnable body) {
    Actor actor = new Actor(name, place, now());
    actors.add(actor);
    Thread.ofVirtual().name(name).start(() -> live(actor, body));
  }

  private void live(Actor actor, Runnable body) {
    actor.receiveBaton();
    try {
      body.run();
      actor.end(null);
    } catch (NodeCrashed gone) {
      actor.end(null);
    } catch (Throwable defect) {
      actor.end(defect);
    }
    returned.release();
  }

  /// The actor that is running now; only it may ask.
  Actor current() {
    if (running == null) {
      throw new IllegalStateException("no actor is running");
    }
    return running;
  }

  /// Passes the baton; returns when this actor has it again.
  void pass() {
    Actor me = current();
    returned.release();
    me.receiveBaton();
  }

  void sleep(Duration duration) {
    current().sleepUntil(now().plus(duration));
    pass();
  }

  /// Gives the baton around until it is over.
  ///
  /// @throws AssertionError when it is not over after so many steps, when nobody can go on, or when
  ///   an actor failed
  void run(BooleanSupplier over, int stepsMax) {
    for (int step = 0; !over.getAsBoolean(); step++) {
      if (step == stepsMax) {
        throw new AssertionError("not over after " + stepsMax + " steps");
      }
      step();
    }
  }

  private void step() {
    actors.removeIf(Actor::over);
    List<Actor> ready = actors.stream().filter(a -> !a.readyAt().isAfter(now())).toList();
    if (ready.isEmpty()) {
      Instant next =
          actors.stream()
              .map(Actor::readyAt)
              .min(Comparator.naturalOrder())
              .orElseThrow(() -> new AssertionError("nobody is left to go on"));
      time.advance(Duration.between(now(), next));
    } else {
      time.advance(Duration.ofNanos(random.nextInt(STEP_MICROS_MAX) * 1_000L));
      give(ready.get(random.nextInt(ready.size())));
    }
  }

  private void give(Actor actor) {
    running = actor;
    actor.giveBaton();
    try {
      if (!returned.tryAcquire(STUCK_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(actor.name() + " keeps the baton");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      running = null;
    }
    if (actor.failure() != null) {
      throw new AssertionError(actor.name() + " failed", actor.failure());
    }
  }

  /// Lets every actor end that is in a place which is gone, or that notices otherwise that all is
  /// over.
  void end() {
    for (Actor actor : List.copyOf(actors)) {
      while (!actor.over()) {
        give(actor);
      }
    }
  }
}
