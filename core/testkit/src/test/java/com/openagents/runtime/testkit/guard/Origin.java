package com.openagents.runtime.testkit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;

/// Where what was thrown comes from. A plant that fails by mistake would be found, and its bug
/// would not; what it throws on purpose is its bug.
final class Origin {

  private static final List<Class<? extends RuntimeException>> MISTAKES =
      List.of(
          ClassCastException.class,
          IndexOutOfBoundsException.class,
          NoSuchElementException.class,
          NullPointerException.class);

  private Origin() {}

  static void assertIsNoPlant(Throwable thrown, Plant plant) {
    assertThat(Stream.iterate(thrown, Objects::nonNull, Throwable::getCause))
        .filteredOn(cause -> MISTAKES.stream().anyMatch(mistake -> mistake.isInstance(cause)))
        .extracting(Origin::innermost)
        .as("%s: %s", plant, thrown)
        .noneMatch(name -> name.contains(".guard."));
  }

  /// The innermost class of ours in which it was thrown.
  private static String innermost(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> name.startsWith("com.openagents."))
        .findFirst()
        .orElse("");
  }
}
