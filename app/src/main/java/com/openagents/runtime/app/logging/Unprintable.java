package com.openagents.runtime.app.logging;

/// Characters that do something instead of being seen: end a line, move a cursor, turn the
/// direction of reading. In a log or on a terminal they would let a text from outside forge lines
/// or hide parts of one.
public final class Unprintable {
  private Unprintable() {}

  static boolean matches(char c) {
    return c < 0x20
        || (c >= 0x7f && c <= 0x9f)
        || c == 0x061c
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f)
        || c == 0xfeff
        || (c >= 0xfff9 && c <= 0xfffb);
  }

  /// The text with every such character written as an escape; JSON stays the same JSON.
  public static String escaped(String text) {
    StringBuilder line = new StringBuilder(text.length());
    appendEscaped(line, text);
    return line.toString();
  }

  /// Appends `text` with every such character written as an escape, `\n` or `\u001b`, and half
  /// characters as U+FFFD.
  static void appendEscaped(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (matches(c)) {
        appendEscape(line, c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        line.append(c).append(text.charAt(++i));
      } else {
        line.append(Character.isSurrogate(c) ? '\ufffd' : c);
      }
    }
  }

  static void appendEscape(StringBuilder line, char c) {
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> line.append("\\u").append("%04x".formatted((int) c));
    }
  }
}
