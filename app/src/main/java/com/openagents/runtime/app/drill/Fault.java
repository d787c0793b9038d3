package com.openagents.runtime.app.drill;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What may go wrong in a drill.
enum Fault {
  KILL("a node is killed", 12, true),
  FREEZE("a node stands still for longer than a lease", 2, true),
  CRASH("PostgreSQL is killed, or told to stop at once", 6, false),
  CUT("connections of a node to clients or to the database break", 3, false),
  DELAY("what passes between a node and clients or the database is late", 2, false),
  STALL("nothing passes between a node and the database, and nobody is told", 2, false),
  CONNECTIONS("all connections of PostgreSQL are taken", 1, false),
  READONLY("the database is read-only", 1, false),
  LOCK("a table is locked", 1, false),
  FOREIGN("a transaction of somebody else stays open", 1, false),
  DISK("PostgreSQL's disk is full", 1, false),
  CLOCK("the clock of a node steps", 1, true);

  private final String sentence;
  private final int weight;
  private final boolean toProcess;

  Fault(String sentence, int weight, boolean toProcess) {
    this.sentence = sentence;
    this.weight = weight;
    this.toProcess = toProcess;
  }

  String sentence() {
    return sentence;
  }

  /// How often it comes, beside the others.
  int weight() {
    return weight;
  }

  /// Whether it befalls the process of a node, and not what is around it.
  boolean toProcess() {
    return toProcess;
  }

  /// The word on the command line.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Fault ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  static Set<Fault> all() {
    return EnumSet.allOf(Fault.class);
  }
}
