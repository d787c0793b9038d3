package com.openagents.runtime.app.hostile;

/// What must hold of a service among attackers.
enum HostileLaw {
  LIVES("the service is the same process to the end"),
  MEMORY_BOUNDED("its memory is at most what it was given"),
  SERVED_RIGHT(
      "every well-behaved call gets its right answer in the end, and in every attack some get it"
          + " while it lasts"),
  TYPED_ANSWERS("nobody is answered with 500 or in a form that is not documented"),
  NOTHING_LEFT("when the attackers are gone, so are their connections, threads and memory"),
  WAS_ATTACKED("every attack came about, and no attacker went away with an error");

  private final String sentence;

  HostileLaw(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  /// What was seen instead.
  String broken(String seen) {
    return this + ": " + seen;
  }
}
