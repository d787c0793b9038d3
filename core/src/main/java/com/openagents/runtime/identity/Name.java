package com.openagents.runtime.identity;

/// The rule that every identifier chosen by a client obeys: 1 to 128 visible ASCII characters.
///
/// Visible ASCII keeps identifiers safe in logs, headers, URLs (after encoding) and sorting.
final class Name {

  static final int LENGTH_MAX = 128;

  private Name() {}

  static String checked(String what, String value) {
    if (value.isEmpty() || value.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(what + " has 1 to " + LENGTH_MAX + " characters");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c > '~') {
        throw new IllegalArgumentException(what + " has visible ASCII characters only");
      }
    }
    return value;
  }
}
