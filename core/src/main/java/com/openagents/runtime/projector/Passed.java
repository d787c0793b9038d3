package com.openagents.runtime.projector;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was brought up to date.
///
/// @param runs whose documents moved; a run counts once for each page of its log
/// @param events that were applied
/// @param oldest when the oldest of those was written that were told for the first time, or null
///   when there were none
public record Passed(int runs, long events, @Nullable Instant oldest) {

  public static final Passed NOTHING = new Passed(0, 0, null);

  Passed and(Passed other) {
    return new Passed(runs + other.runs, events + other.events, earlier(other));
  }

  private @Nullable Instant earlier(Passed other) {
    if (oldest == null || other.oldest == null) {
      return oldest == null ? other.oldest : oldest;
    }
    return oldest.isBefore(other.oldest) ? oldest : other.oldest;
  }
}
