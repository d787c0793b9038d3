package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.inmemory.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs actors one at a time: each goes on until it passes the baton, and a seed decides who has it
/// next. Virtual time moves a little with each step, and jumps when everybody sleeps.
///
/// So the same seed gives the same schedule, though every actor is a thread. Who passes the baton
/// also looks who is next, and goes on itself without a switch of threads if that is it.
final class Lockstep {

  /// What is broken when a play does not end.
  static final String ENDS = "every run comes to its end";

  private static final int STEP_MICROS_MAX = 3_000;
  private static final long STUCK_SECONDS = 300;

  private final VirtualTime time;
  private final RandomGenerator random;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Actor> ready = new ArrayList<>();
  private final Semaphore returned = new Semaphore(0);
  private BooleanSupplier over = () -> true;
  private int stepsMax;
  private int steps;
  private @Nullable Actor running;
  private @Nullable Defect defect;

  Lockstep(VirtualTime time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  /// How often control changed hands.
  long steps() {
    return steps;
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
    } catch (NodeCrashed gone) {
      // as its place is
    } catch (Defect found) {
      defect = found;
    } catch (Throwable cause) {
      defect = Defect.of(actor.name(), cause);
    }
    actor.end();
    give(next());
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
    Actor next = next();
    if (next != me) {
      give(next);
      me.receiveBaton();
    }
  }

  void sleep(Duration duration) {
    current().sleepUntil(now().plus(duration));
    pass();
  }

  /// Gives the baton around until it is over.
  ///
  /// @throws AssertionError when it is not over after so many steps, when nobody can go on, or when
  ///   an actor failed
  void run(BooleanSupplier until, int most) {
    over = until;
    stepsMax = most;
    give(next());
    awaitBaton();
    over = () -> true;
  }

  /// Who goes on, or null when the baton goes back to whoever started all.
  private @Nullable Actor next() {
    while (defect == null && !over.getAsBoolean()) {
      if (steps++ == stepsMax) {
        defect = new Defect(ENDS, "not over after so many steps", null);
      } else if (actors.stream().allMatch(Actor::over)) {
        defect = new Defect(ENDS, "nobody is left to go on", null);
      } else {
        Actor next = step();
        if (next != null) {
          return next;
        }
      }
    }
    return null;
  }

  /// Picks one of those that can go on; lets time pass to the first that can when none can yet.
  private @Nullable Actor step() {
    actors.removeIf(Actor::over);
    ready.clear();
    Instant now = now();
    Instant first = Instant.MAX;
    for (Actor actor : actors) {
      Instant at = actor.readyAt();
      if (!at.isAfter(now)) {
        ready.add(actor);
      }
      first = at.isBefore(first) ? at : first;
    }
    if (ready.isEmpty()) {
      time.advance(Duration.between(now, first));
      return null;
    }
    time.advance(Duration.ofNanos(random.nextInt(STEP_MICROS_MAX) * 1_000L));
    return ready.get(random.nextInt(ready.size()));
  }

  private void give(@Nullable Actor next) {
    running = next;
    if (next == null) {
      returned.release();
    } else {
      next.giveBaton();
    }
  }

  private void awaitBaton() {
    try {
      if (!returned.tryAcquire(STUCK_SECONDS, TimeUnit.SECONDS)) {
        throw new Defect("nobody keeps the baton", "somebody does", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    Defect found = defect;
    defect = null;
    if (found != null) {
      throw found;
    }
  }

  /// Lets every actor end that is in a place which is gone, or that notices otherwise that all is
  /// over.
  void end() {
    over = () -> true;
    for (Actor actor : List.copyOf(actors)) {
      while (!actor.over()) {
        give(actor);
        awaitBaton();
      }
    }
  }
}
