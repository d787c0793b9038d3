package com.openagents.runtime.http.exchange;

import static com.openagents.runtime.http.exchange.ProblemCode.INVALID_REQUEST;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The query of a request, strictly read: what a call does not understand is refused rather than
/// ignored.
public final class Query {

  private static final String ODD = "the percent-encoding is broken";

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /// Reads the query as it was sent.
  ///
  /// @param known the names that the call understands
  /// @throws Problem when a name is unknown or stands twice, or the encoding is broken
  public static Query parse(@Nullable String raw, Set<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return new Query(values);
    }
    for (String part : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      if (!known.contains(name)) {
        throw Problem.at(INVALID_REQUEST, "query", "an unknown parameter; known are " + known);
      }
      if (values.putIfAbsent(name, equals < 0 ? "" : decoded(part.substring(equals + 1))) != null) {
        throw Problem.at(INVALID_REQUEST, name, "the parameter stands twice");
      }
    }
    return new Query(values);
  }

  public @Nullable String text(String name) {
    return values.get(name);
  }

  /// A whole number.
  ///
  /// @throws Problem when it is none, or out of its bounds
  public long number(String name, long least, long most, long otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    if (text.matches("\\d{1,16}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Problem.at(INVALID_REQUEST, name, "a whole number from " + least + " to " + most);
  }

  /// `true` or `false`; false when it is left out.
  ///
  /// @throws Problem when it is anything else
  public boolean flag(String name) {
    return switch (values.getOrDefault(name, "false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Problem.at(INVALID_REQUEST, name, "true or false");
    };
  }

  private static String decoded(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.put((byte) (hex(text, i + 1) << 4 | hex(text, i + 2)));
        i += 2;
      } else if (c > '~') {
        throw Problem.at(INVALID_REQUEST, "query", ODD);
      } else {
        bytes.put((byte) (c == '+' ? ' ' : c));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw Problem.at(INVALID_REQUEST, "query", ODD);
    }
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0) {
      throw Problem.at(INVALID_REQUEST, "query", ODD);
    }
    return digit;
  }
}
