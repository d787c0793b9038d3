package com.openagents.runtime.log;

import java.time.Duration;
import java.time.Instant;

/// When a run next needs an executor, on the store's clock.
///
/// A run without executor whose time has come is due; a run without a time waits for a frame.
public sealed interface Wake {

  /// Leaves the time as it is.
  record Keep() implements Wake {}

  /// Nobody is needed until something arrives.
  record Never() implements Wake {}

  /// Due now, or earlier when it already was; but not before a pause is over that [After] set, so
  /// that what arrives meanwhile does not cut it short.
  record Now() implements Wake {}

  /// Due after a pause, whatever was set before. Nobody may take the run until it is over.
  record After(Duration pause) implements Wake {}

  record At(Instant time) implements Wake {}

  Wake KEEP = new Keep();
  Wake NEVER = new Never();
  Wake NOW = new Now();
}
