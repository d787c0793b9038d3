package com.openagents.runtime.testkit.simulator;

import java.util.List;

/// What the command `simulate` plays, and what came of it so far. Not thread-safe.
interface Playing {

  /// Plays the seeds `from` to `to`, both of them included, as many at once as there are
  /// processors.
  void play(long from, long to);

  /// Plays one seed.
  ///
  /// @return its schedule; empty when it broke a law
  List<String> show(long seed);

  /// Whether every play kept every law.
  boolean held();

  /// How many did.
  long plays();

  /// What those that did add up to, in lines.
  String totals();

  /// What there is to know of the lowest seed that broke a law, for people to read.
  ///
  /// @throws java.util.NoSuchElementException when none did
  String failure();
}
