package com.openagents.runtime.app.settings;

/// How a value that is no secret is repeated to a person.
final class Shown {
  private static final int CHARS_MAX = 60;

  private Shown() {}

  /// In quotes, on one line, not longer than a line.
  static String quoted(String text) {
    String cut = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + "…" : text;
    return "'" + cut.replaceAll("\\p{Cntrl}|[\\u2028\\u2029]", "?") + "'";
  }
}
