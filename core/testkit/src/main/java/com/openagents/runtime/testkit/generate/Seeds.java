package com.openagents.runtime.testkit.generate;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Seeds for parametrised tests. A test names its seed in every failure.
public final class Seeds {

  private Seeds() {}

  /// The seeds 1 to `count`.
  public static Stream<Long> first(int count) {
    return LongStream.rangeClosed(1, count).boxed();
  }

  public static RandomGenerator random(long seed) {
    return new SplittableRandom(seed);
  }
}
