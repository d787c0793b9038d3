package com.openagents.runtime.http.fuzz;

import java.util.Locale;

/// The parsers that strangers, stores and files feed. Inputs to begin with, and those that once
/// found something, lie in a directory of the target's name.
enum Target {
  SIGNATURE(4_000),
  IDENTITY(2_000),
  CURSOR(10_000),
  BODY(4_000),
  JSON(10_000),
  EVENT(6_000),
  BLOB(10_000),
  BUNDLE(500),
  SSE(6_000);

  private final int rounds;

  Target(int rounds) {
    this.rounds = rounds;
  }

  /// How many changed inputs a build tries: what takes about a second.
  int rounds() {
    return rounds;
  }

  Parser parser() {
    return switch (this) {
      case SIGNATURE -> new SignatureParser();
      case IDENTITY -> new IdentityParser();
      case CURSOR -> new CursorParser();
      case BODY -> new BodyParser();
      case JSON -> new JsonParser();
      case EVENT -> new EventParser();
      case BLOB -> new BlobParser();
      case BUNDLE -> new BundleParser();
      case SSE -> new SseParser();
    };
  }

  String directory() {
    return name().toLowerCase(Locale.ROOT);
  }
}
