package com.openagents.runtime.event;

import com.openagents.runtime.canon.CanonicalJson;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The payload of a delta, an id and a piece of text, straight between text and event.
///
/// Deltas outnumber all other events together, so they get a way that builds nothing in between. It
/// knows the canonical form alone, and leaves every other to the reader of all forms.
final class DeltaJson {

  static final DeltaJson MESSAGE = new DeltaJson("messageId");
  static final DeltaJson REASONING = new DeltaJson("reasoningId");

  private static final String BETWEEN = "\",\"text\":\"";
  private static final String AFTER = "\"}";

  private final String before;

  private DeltaJson(String id) {
    before = "{\"" + id + "\":\"";
  }

  String write(String id, String text) {
    StringBuilder out = new StringBuilder(48 + text.length() + text.length() / 8);
    CanonicalJson.writeString(id, out.append(before, 0, before.length() - 1));
    CanonicalJson.writeString(text, out.append(BETWEEN, 1, BETWEEN.length() - 1));
    return out.append('}').toString();
  }

  /// @return null when the payload is not in canonical form, or has escapes of four digits
  <T> @Nullable T read(String payload, BiFunction<String, String, T> event) {
    int idEnd = payload.indexOf('"', before.length());
    int start = idEnd + BETWEEN.length();
    int end = payload.length() - AFTER.length();
    if (!payload.startsWith(before)
        || !payload.startsWith(BETWEEN, idEnd)
        || start > end
        || !payload.endsWith(AFTER)) {
      return null;
    }
    String id = unescaped(payload, before.length(), idEnd);
    String text = unescaped(payload, start, end);
    return id == null || text == null ? null : event.apply(id, text);
  }

  /// The string whose canonical form, without quotes, is a part of the payload; null when there is
  /// none, or when only the reader of all forms can tell.
  private static @Nullable String unescaped(String payload, int start, int end) {
    char[] chars = new char[end - start];
    payload.getChars(start, end, chars, 0);
    int length = 0;
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      if (c == '"' || c < ' ') {
        return null;
      }
      if (c == '\\') {
        i++;
        c = i < chars.length ? meant(chars[i]) : 0;
        if (c == 0) {
          return null;
        }
      } else if (Character.isSurrogate(c)) {
        i++;
        if (i == chars.length || !Character.isSurrogatePair(c, chars[i])) {
          return null;
        }
        chars[length++] = c;
        c = chars[i];
      }
      chars[length++] = c;
    }
    return new String(chars, 0, length);
  }

  private static char meant(char escape) {
    return switch (escape) {
      case '"', '\\' -> escape;
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      default -> 0;
    };
  }
}
