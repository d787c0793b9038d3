package com.openagents.runtime.http.model;

/// Joins pieces of text whose ends may cut a surrogate pair in two, so that every piece that leaves
/// is text that any store can keep: pairs whole, no U+0000. Not thread-safe.
final class WholeText {

  private static final char REPLACEMENT = '\uFFFD';

  private String held = "";

  /// Returns what can be said of the text so far; half a pair at its end waits for the next piece.
  String add(String piece) {
    String text = held + piece;
    boolean half = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    held = half ? text.substring(text.length() - 1) : "";
    return repaired(half ? text.substring(0, text.length() - 1) : text);
  }

  private static String repaired(String text) {
    StringBuilder repaired = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        repaired = repaired == null ? new StringBuilder(text) : repaired;
        repaired.setCharAt(i, REPLACEMENT);
      }
    }
    return repaired == null ? text : repaired.toString();
  }
}
