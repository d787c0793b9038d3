package com.openagents.runtime.http.exchange;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `Accept` (RFC 9110 section 12.5.1) as far as the service cares: the most specific range
/// that matches decides, and of weights only 0 counts. Pure.
public final class Accept {

  /// How specific a range is that names the very type.
  private static final int NAMED = 3;

  private static final String NOT_AT_ALL = "q=0(\\.0{0,3})?";

  private Accept() {}

  /// The header as a whole: several lines of it are one list (RFC 9110 section 5.3).
  ///
  /// @return null where there is none
  public static @Nullable String of(List<String> lines) {
    return lines.isEmpty() ? null : String.join(",", lines);
  }

  /// How specific the range is that decides about a type, 0 where none is about it, and negative
  /// where it forbids it.
  ///
  /// @param accept the header, or null where there is none, which allows everything
  public static int specificity(@Nullable String accept, String type) {
    if (accept == null || accept.isBlank()) {
      return 1;
    }
    int decided = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      int end = range.indexOf(';');
      int specific = matching((end < 0 ? range : range.substring(0, end)).strip(), type);
      if (specific > Math.abs(decided)) {
        decided = isForbidden(end < 0 ? "" : range.substring(end)) ? -specific : specific;
      }
    }
    return decided;
  }

  /// Whether a caller that could have JSON or a message asks for a stream of events: it names that,
  /// and neither of the others.
  public static boolean prefersEvents(@Nullable String accept) {
    return specificity(accept, Reply.EVENT_STREAM) == NAMED
        && specificity(accept, Reply.JSON) < NAMED
        && specificity(accept, Binary.TYPE) < NAMED;
  }

  private static int matching(String range, String type) {
    if (range.equals(type)) {
      return NAMED;
    }
    if (range.equals("*/*")) {
      return 1;
    }
    return range.equals(type.substring(0, type.indexOf('/')) + "/*") ? 2 : 0;
  }

  private static boolean isForbidden(String parameters) {
    for (String parameter : parameters.split(";", -1)) {
      if (parameter.strip().matches(NOT_AT_ALL)) {
        return true;
      }
    }
    return false;
  }
}
