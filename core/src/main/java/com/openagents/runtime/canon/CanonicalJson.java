package com.openagents.runtime.canon;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/// Writes the one canonical text of a JSON value: the JSON Canonicalization Scheme of RFC 8785.
///
/// Keys are sorted by UTF-16 code units, strings escape only what they must, and numbers are
/// written as ECMAScript writes them. Events are stored in this form, so equal values have equal
/// bytes and equal digests everywhere.
public final class CanonicalJson {

  private static final String HEX = "0123456789abcdef";

  private CanonicalJson() {}

  /// Returns the canonical text of a value.
  ///
  /// @throws IllegalArgumentException when a string holds U+0000 or a lone surrogate, which not
  ///   every store or reader can hold
  public static String write(Json value) {
    StringBuilder out = new StringBuilder(128);
    write(value, out);
    return out.toString();
  }

  /// Appends the canonical text of a value.
  public static void write(Json value, StringBuilder out) {
    switch (value) {
      case Json.Null() -> out.append("null");
      case Json.Bool(boolean b) -> out.append(b);
      case Json.Num(double d) -> out.append(EcmaNumber.text(d));
      case Json.Str(String s) -> writeString(s, out);
      case Json.Arr(var items) -> {
        char separator = '[';
        for (Json item : items) {
          write(item, out.append(separator));
          separator = ',';
        }
        out.append(separator == '[' ? "[]" : "]");
      }
      case Json.Obj(var fields) -> writeObject(fields, out);
    }
  }

  private static void writeObject(Map<String, Json> fields, StringBuilder out) {
    String[] names = fields.keySet().toArray(new String[0]);
    Arrays.sort(names);
    char separator = '{';
    for (String name : names) {
      writeString(name, out.append(separator));
      write(Objects.requireNonNull(fields.get(name)), out.append(':'));
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  /// Writes one string with its quotes.
  public static void writeString(String text, StringBuilder out) {
    out.append('"');
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        writeEscaped(c, out.append(text, written, i));
        written = i + 1;
      } else if (Character.isSurrogate(c)) {
        i = endOfPair(text, i);
      }
    }
    out.append(text, written, text.length()).append('"');
  }

  private static void writeEscaped(char c, StringBuilder out) {
    switch (c) {
      case 0 -> throw new IllegalArgumentException("U+0000 has no canonical form");
      case '"', '\\' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }
  }

  private static int endOfPair(String text, int at) {
    int next = at + 1;
    if (next == text.length() || !Character.isSurrogatePair(text.charAt(at), text.charAt(next))) {
      throw new IllegalArgumentException("a lone surrogate has no canonical form");
    }
    return next;
  }
}
