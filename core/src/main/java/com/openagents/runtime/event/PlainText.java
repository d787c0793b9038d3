package com.openagents.runtime.event;

/// Text as a log may hold it: without U+0000 and without half of a surrogate pair.
///
/// What models and agents say is made plain before it becomes an event; what comes from clients is
/// refused instead.
public final class PlainText {

  private static final char REPLACEMENT = '\uFFFD';

  private PlainText() {}

  /// The text with U+FFFD in place of each character that may not be there.
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text, i)) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      plain.append(isPlain(text, i) ? text.charAt(i) : REPLACEMENT);
    }
    return plain.toString();
  }

  private static boolean isPlain(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return c != 0;
  }

  /// Where to cut a text so that no pair is torn: `end`, or one before it.
  public static int whole(String text, int end) {
    return end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
  }
}
