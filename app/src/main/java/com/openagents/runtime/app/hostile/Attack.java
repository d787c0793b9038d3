package com.openagents.runtime.app.hostile;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What attackers do.
enum Attack {
  HEADS("heads that come a byte at a time", 500),
  BODIES("bodies that come a byte at a time, half of them signed", 200),
  PROMISES("bodies that are announced and never come, half of them signed", 200),
  CHUNKS("bodies in pieces without end, half of them signed", 32),
  HEADERS("heads of a megabyte, and lines of headers without end", 50),
  JSON("signed JSON that is deep, long, or of very many values", 32),
  PIPELINE("hundreds of requests whose answers are taken at the end", 40),
  SIGNATURES("bad signatures", 32),
  REPLAYS("good signatures, again and again", 32),
  STALLED("streams of a long run that are opened and never read", 400),
  ABANDONED("streams that are left as soon as they begin", 40),
  PAGES("the largest pages of events, which nobody takes", 40),
  HALF_CLOSED("connections whose sender has said that no more comes", 100),
  CONNECTIONS("more connections than there may be", 2_700);

  private final String sentence;
  private final int crew;

  Attack(String sentence, int crew) {
    this.sentence = sentence;
    this.crew = crew;
  }

  String sentence() {
    return sentence;
  }

  /// Attackers at a time, each with a connection.
  int crew() {
    return crew;
  }

  /// What each of them does.
  Assault assault() {
    return switch (this) {
      case HEADS -> SlowAssaults::head;
      case BODIES -> SlowAssaults::body;
      case PROMISES -> SlowAssaults::promise;
      case CHUNKS -> SlowAssaults::chunks;
      case HEADERS -> LoudAssaults::head;
      case JSON -> LoudAssaults::json;
      case PIPELINE -> LoudAssaults::pipeline;
      case SIGNATURES -> LoudAssaults::signatures;
      case REPLAYS -> LoudAssaults::replays;
      case STALLED -> ReaderAssaults::stalled;
      case ABANDONED -> ReaderAssaults::abandoned;
      case PAGES -> ReaderAssaults::pages;
      case HALF_CLOSED -> SlowAssaults::halfClosed;
      case CONNECTIONS -> SlowAssaults::silence;
    };
  }

  /// Whether the attack has come about: the service has answered attackers, or, where none of them
  /// takes an answer in time, was sent what it is about, or has had all the connections.
  boolean reached(Tally tally) {
    return switch (this) {
      case BODIES, PROMISES, HEADERS, JSON, PIPELINE, SIGNATURES, REPLAYS, ABANDONED, HALF_CLOSED ->
          !tally.statuses().isEmpty();
      case HEADS, CHUNKS, STALLED, PAGES -> tally.requests() > 0 && tally.bytes() > 0;
      case CONNECTIONS -> tally.connections() >= crew;
    };
  }

  /// The word on the command line.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Attack ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  static Set<Attack> all() {
    return EnumSet.allOf(Attack.class);
  }
}
