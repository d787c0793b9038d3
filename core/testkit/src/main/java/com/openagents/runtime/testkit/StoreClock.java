package com.openagents.runtime.testkit;

import java.time.Duration;
import java.time.Instant;

/// The clock that a store judges leases, wake-up times and nonces by, in the hands of a test.
///
/// No suite sleeps. On virtual time the clock is moved. A real database may instead move what it
/// has stored into the past: to let an hour pass, take an hour from every stored lease expiry,
/// wake-up time, nonce expiry and node heartbeat. Suites therefore never compare an instant that
/// they saw before time passed with one that they see after, and leave a margin of a minute.
public interface StoreClock {

  Instant now();

  /// Lets time pass for everything that is stored.
  void passTime(Duration duration);
}
