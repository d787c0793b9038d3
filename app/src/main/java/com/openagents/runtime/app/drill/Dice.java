package com.openagents.runtime.app.drill;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Randomness that a seed repeats.
final class Dice {

  private Dice() {}

  static RandomGenerator of(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
