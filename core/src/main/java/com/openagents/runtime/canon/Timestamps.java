package com.openagents.runtime.canon;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/// The one text form of a time: RFC 3339, UTC, six fractional digits.
public final class Timestamps {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  public static String write(Instant time) {
    return FORM.format(time);
  }

  /// Reads any RFC 3339 time in UTC, cut to microseconds.
  ///
  /// @throws java.time.format.DateTimeParseException when the text is no such time
  public static Instant read(String text) {
    return Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
  }
}
