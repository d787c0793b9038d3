package com.openagents.runtime.convex;

/// Words of a deployment that people read and the database keeps: short, and on one line.
final class Said {

  static final int MAX = 300;

  private Said() {}

  /// The text without control characters, which a terminal would obey and of which PostgreSQL does
  /// not keep all, and no longer than [#MAX] characters before these are written out.
  static String of(String text) {
    StringBuilder said = new StringBuilder();
    text.codePoints().limit(MAX).forEach(c -> append(c, said));
    return text.codePointCount(0, text.length()) > MAX
        ? said.append('…').toString()
        : said.toString();
  }

  private static void append(int c, StringBuilder said) {
    int type = Character.getType(c);
    if (type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE) {
      said.append("\\u%04x".formatted(c));
    } else {
      said.appendCodePoint(c);
    }
  }
}
