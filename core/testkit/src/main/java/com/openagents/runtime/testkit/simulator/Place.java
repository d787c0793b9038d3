package com.openagents.runtime.testkit.simulator;

import java.time.Instant;

/// A process in which actors are: it may stand still, and be gone.
final class Place {

  private final String name;
  private Instant frozenUntil = Instant.MIN;
  private Instant cutOffUntil = Instant.MIN;
  private boolean gone;

  Place(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  Instant frozenUntil() {
    return frozenUntil;
  }

  void freeze(Instant until) {
    frozenUntil = until;
  }

  /// Lets it reach the store no more until then.
  void cutOff(Instant until) {
    cutOffUntil = until;
  }

  boolean reachesStore(Instant now) {
    return !cutOffUntil.isAfter(now);
  }

  void crash() {
    gone = true;
    frozenUntil = Instant.MIN;
  }

  boolean gone() {
    return gone;
  }

  void mustBeThere() {
    if (gone) {
      throw new NodeCrashed(name);
    }
  }
}
