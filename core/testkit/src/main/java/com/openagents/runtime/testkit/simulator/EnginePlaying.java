package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.simulator.Plays.Tally;
import java.util.List;
import java.util.Optional;

/// Plays of the engine: nodes that accept runs and carry them out.
final class EnginePlaying implements Playing {

  private final Plays plays;
  private Tally tally = Tally.NONE;

  EnginePlaying(Plays plays) {
    this.plays = plays;
  }

  @Override
  public void play(long from, long to) {
    tally = tally.plus(plays.play(from, to));
  }

  @Override
  public List<String> show(long seed) {
    try {
      Played played = plays.simulation().apply(seed).play();
      tally = tally.plus(new Tally(Totals.of(played), Optional.empty()));
      return played.course().schedule().lines();
    } catch (Failure failure) {
      tally = tally.plus(new Tally(Totals.NONE, Optional.of(failure)));
      return List.of();
    }
  }

  @Override
  public boolean held() {
    return tally.failure().isEmpty();
  }

  @Override
  public long plays() {
    return tally.totals().plays();
  }

  @Override
  public String totals() {
    return tally.totals().toString();
  }

  @Override
  public String failure() {
    return Shrunk.of(tally.failure().orElseThrow()).toString();
  }
}
