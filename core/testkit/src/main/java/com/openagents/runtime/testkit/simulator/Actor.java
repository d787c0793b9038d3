package com.openagents.runtime.testkit.simulator;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A thread that runs only while it holds the baton of its [Lockstep].
final class Actor {

  private final String name;
  private final Semaphore baton = new Semaphore(0);
  private Instant readyAt;
  private @Nullable Place place;
  private boolean over;

  Actor(String name, @Nullable Place place, Instant readyAt) {
    this.name = name;
    this.place = place;
    this.readyAt = readyAt;
  }

  String name() {
    return name;
  }

  /// Where it is: in the process that it belongs to, or in the one that it called.
  @Nullable Place place() {
    return place;
  }

  void enter(@Nullable Place next) {
    place = next;
  }

  void sleepUntil(Instant time) {
    readyAt = time;
  }

  /// When it can go on, at the earliest.
  Instant readyAt() {
    return place != null && place.frozenUntil().isAfter(readyAt) ? place.frozenUntil() : readyAt;
  }

  boolean over() {
    return over;
  }

  void end() {
    over = true;
  }

  void receiveBaton() {
    baton.acquireUninterruptibly();
  }

  void giveBaton() {
    baton.release();
  }
}
