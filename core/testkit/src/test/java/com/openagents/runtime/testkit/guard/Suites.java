package com.openagents.runtime.testkit.guard;

import java.util.List;
import java.util.stream.Stream;

/// Every suite of the kit.
final class Suites {

  private Suites() {}

  static List<Class<?>> all() {
    return Stream.of(
            LogSuites.class,
            LookSuites.class,
            SideSuites.class,
            AgeingSuites.class,
            ProjectionSuites.class)
        .<Class<?>>flatMap(group -> Stream.of(group.getDeclaredClasses()))
        .toList();
  }
}
