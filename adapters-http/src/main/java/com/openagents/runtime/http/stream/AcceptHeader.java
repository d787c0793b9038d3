package com.openagents.runtime.http.stream;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `Accept` (RFC 9110 section 12.5.1) as far as streams care.
final class AcceptHeader {

  private static final String NOT_AT_ALL = "q=0(\\.0{0,3})?";

  private AcceptHeader() {}

  /// Whether the header allows `text/event-stream`; the most specific range that matches decides.
  static boolean allowsEvents(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return true;
    }
    int decided = 0;
    boolean allowed = false;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      int end = range.indexOf(';');
      int specific = specificity((end < 0 ? range : range.substring(0, end)).strip());
      if (specific > decided) {
        decided = specific;
        allowed = !refused(end < 0 ? "" : range.substring(end));
      }
    }
    return allowed;
  }

  private static int specificity(String type) {
    return switch (type) {
      case "text/event-stream" -> 3;
      case "text/*" -> 2;
      case "*/*" -> 1;
      default -> 0;
    };
  }

  private static boolean refused(String parameters) {
    for (String parameter : parameters.split(";", -1)) {
      if (parameter.strip().matches(NOT_AT_ALL)) {
        return true;
      }
    }
    return false;
  }
}
