package com.openagents.runtime.canon;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Points in time as text: RFC 3339 in UTC with exactly six fractional digits, such as
/// `2026-01-31T08:15:30.000250Z`.
///
/// Microseconds are what PostgreSQL keeps; what is finer is cut off. The texts sort as the times
/// do.
public final class Timestamps {

  /// The first and the last time that have a text.
  public static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private static final int SECONDS_END = 19;
  private static final int NANO_DIGITS = 9;

  private Timestamps() {}

  /// The nearest time that has a text: itself, but for times before the year 0000 and after 9999.
  public static Instant within(Instant time) {
    Instant begun = time.isBefore(EARLIEST) ? EARLIEST : time;
    return begun.isAfter(LATEST) ? LATEST : begun;
  }

  /// @throws IllegalArgumentException outside the years 0000 to 9999
  public static String write(Instant time) {
    StringBuilder out = new StringBuilder(27);
    write(time, out);
    return out.toString();
  }

  /// Appends the text of a time, without quotes.
  ///
  /// @throws IllegalArgumentException outside the years 0000 to 9999
  public static void write(Instant time, StringBuilder out) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > 9999) {
      throw new IllegalArgumentException("RFC 3339 has the years 0000 to 9999 only");
    }
    writeDigits(utc.getYear(), 1000, out);
    writeDigits(utc.getMonthValue(), 10, out.append('-'));
    writeDigits(utc.getDayOfMonth(), 10, out.append('-'));
    writeDigits(utc.getHour(), 10, out.append('T'));
    writeDigits(utc.getMinute(), 10, out.append(':'));
    writeDigits(utc.getSecond(), 10, out.append(':'));
    writeDigits(utc.getNano() / 1000, 100_000, out.append('.'));
    out.append('Z');
  }

  private static void writeDigits(int value, int highest, StringBuilder out) {
    for (int unit = highest; unit > 0; unit /= 10) {
      out.append((char) ('0' + value / unit % 10));
    }
  }

  /// Reads any RFC 3339 time, with or without a fraction, in UTC or at an offset, cut to
  /// microseconds.
  ///
  /// @throws IllegalArgumentException when the text is no such time, or its offset takes it out of
  ///   the years 0000 to 9999
  public static Instant read(String text) {
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(text, 0, 4),
              number(text, after(text, 4, '-'), 7),
              number(text, after(text, 7, '-'), 10),
              number(text, after(text, 10, 'T'), 13),
              number(text, after(text, 13, ':'), 16),
              number(text, after(text, 16, ':'), SECONDS_END));
      int zone = fractionEnd(text);
      Instant time = local.withNano(nanos(text, zone)).toInstant(offset(text, zone));
      if (!within(time).equals(time)) {
        throw new DateTimeException("UTC has the years 0000 to 9999");
      }
      return time;
    } catch (DateTimeException | StringIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not an RFC 3339 time: " + text, e);
    }
  }

  private static int after(String text, int at, char expected) {
    if (text.charAt(at) != expected) {
      throw new DateTimeException("expected " + expected);
    }
    return at + 1;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new DateTimeException("expected a digit");
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private static int fractionEnd(String text) {
    int end = SECONDS_END;
    if (text.charAt(end) == '.') {
      do {
        end++;
      } while (text.charAt(end) >= '0' && text.charAt(end) <= '9');
    }
    return end;
  }

  private static int nanos(String text, int end) {
    if (end == SECONDS_END) {
      return 0;
    }
    int digits = end - SECONDS_END - 1;
    if (digits == 0 || digits > NANO_DIGITS) {
      throw new DateTimeException("a fraction has 1 to 9 digits");
    }
    int nanos = number(text, SECONDS_END + 1, end);
    for (int i = digits; i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    return nanos / 1000 * 1000;
  }

  private static ZoneOffset offset(String text, int at) {
    char sign = text.charAt(at);
    if (sign == 'Z' && text.length() == at + 1) {
      return ZoneOffset.UTC;
    }
    if ((sign != '+' && sign != '-') || text.length() != at + 6) {
      throw new DateTimeException("expected Z or an offset");
    }
    int minutes = number(text, after(text, at + 3, ':'), at + 6);
    if (minutes > 59) {
      throw new DateTimeException("an hour has 60 minutes");
    }
    int seconds = (number(text, at + 1, at + 3) * 60 + minutes) * 60;
    return ZoneOffset.ofTotalSeconds(sign == '-' ? -seconds : seconds);
  }
}
