package com.openagents.runtime.inmemory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until somebody moves it, so that thirty days pass at once.
/// Thread-safe.
public final class VirtualTime implements InstantSource {

  private Instant now;

  public VirtualTime(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /// Lets time pass; a negative duration steps the clock back, as a real one sometimes is.
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
