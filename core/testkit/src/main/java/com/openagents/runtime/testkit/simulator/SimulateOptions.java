package com.openagents.runtime.testkit.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the command `simulate` is asked for.
///
/// @param subject what is played
/// @param from the first seed
/// @param to the last seed, if it comes to that
/// @param time when to stop, if it comes to that
/// @param onlySeed whether to show the schedule of the one seed
record SimulateOptions(Subject subject, long from, long to, Duration time, boolean onlySeed) {

  enum Subject {
    ENGINE,
    PROJECTIONS
  }

  static final String USAGE =
      """
      Usage: simulate [projections] [--from S] [--seeds N] [--for 10m]   plays seeds S, S+1, …: N of them, or for a time (90s, 10m, 8h)
             simulate [projections] --seed S                             shows one play with its schedule
      Plays nodes that carry out runs, or with the word projections those that write documents.
      Without options: 1000 seeds from 1.\
      """;

  private static final Set<String> KNOWN = Set.of("--from", "--seeds", "--for", "--seed");
  private static final long SEEDS = 1_000;
  private static final Duration NO_END = Duration.ofDays(36_500);
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh])");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

  /// @throws IllegalArgumentException when they are not understood
  static SimulateOptions of(String... arguments) {
    Map<String, String> given = new HashMap<>();
    List<String> words = List.of(arguments);
    boolean projections = !words.isEmpty() && words.getFirst().equals("projections");
    Iterator<String> rest = words.subList(projections ? 1 : 0, words.size()).iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      if (!KNOWN.contains(option)) {
        throw new IllegalArgumentException("unknown option " + option);
      }
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(option + " wants a value");
      }
      given.put(option, rest.next());
    }
    return of(projections ? Subject.PROJECTIONS : Subject.ENGINE, given);
  }

  private static SimulateOptions of(Subject subject, Map<String, String> given) {
    if (given.containsKey("--seed")) {
      if (given.size() > 1) {
        throw new IllegalArgumentException("--seed stands alone");
      }
      long seed = number(given, "--seed", 0);
      return new SimulateOptions(subject, seed, seed, NO_END, true);
    }
    long from = number(given, "--from", 1);
    boolean timed = given.containsKey("--for");
    long seeds = number(given, "--seeds", timed ? Long.MAX_VALUE - from : SEEDS);
    if (seeds == 0) {
      throw new IllegalArgumentException("--seeds wants one or more");
    }
    return new SimulateOptions(
        subject,
        from,
        from + seeds - 1,
        timed ? time(given.getOrDefault("--for", "")) : NO_END,
        false);
  }

  private static long number(Map<String, String> given, String option, long otherwise) {
    String text = given.get(option);
    if (text == null) {
      return otherwise;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(option + " wants a number, not " + text);
    }
    return Long.parseLong(text);
  }

  private static Duration time(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new IllegalArgumentException("--for wants a time such as 90s, 10m or 8h, not " + text);
    }
    long count = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
