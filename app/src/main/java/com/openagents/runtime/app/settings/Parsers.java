package com.openagents.runtime.app.settings;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the texts of settings are read.
final class Parsers {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})(|KiB|MiB|GiB)");
  private static final long GIB = 1L << 30;
  private static final Pattern COUNT = Pattern.compile("\\d{1,18}");
  private static final Pattern NAME = Pattern.compile("[!-~]{1,128}");
  private static final Pattern HEADER_TEXT = Pattern.compile("[!-~]{1,8192}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,255}");

  private Parsers() {}

  static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  static boolean onOff(String text) {
    return switch (text) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw new IllegalArgumentException("is neither on nor off");
    };
  }

  static int port(String text) {
    long port = COUNT.matcher(text).matches() ? Long.parseLong(text) : -1;
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("is no port between 0 and 65535");
    }
    return (int) port;
  }

  /// A number of things, at least one.
  static long count(String text) {
    long count = COUNT.matcher(text).matches() ? Long.parseLong(text) : 0;
    if (count < 1) {
      throw new IllegalArgumentException("is no whole number from 1 on");
    }
    return count;
  }

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is no duration such as 250ms, 30s, 15m, 24h or 7d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /// A duration within bounds, both included.
  static Setting.Parser<Duration> duration(Duration min, Duration max) {
    return text -> {
      Duration value = duration(text);
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "is not between %s and %s".formatted(written(min), written(max)));
      }
      return value;
    };
  }

  private static String written(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  /// A number of things, at least one and at most as many as given.
  static Setting.Parser<Long> count(long max) {
    return text -> {
      long count = count(text);
      if (count > max) {
        throw new IllegalArgumentException("is not between 1 and %d".formatted(max));
      }
      return count;
    };
  }

  /// A number of bytes, at least one.
  ///
  /// @param max itself allowed
  static Setting.Parser<Long> size(long max) {
    return text -> {
      long bytes = bytes(text);
      if (bytes < 1 || bytes > max) {
        throw new IllegalArgumentException(
            "is not between 1 byte and %s".formatted(writtenSize(max)));
      }
      return bytes;
    };
  }

  private static String writtenSize(long bytes) {
    return bytes % GIB == 0 ? bytes / GIB + "GiB" : bytes + " bytes";
  }

  private static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is no size such as 65536, 512KiB or 1MiB");
    }
    long amount = Long.parseLong(matcher.group(1));
    long unit =
        switch (matcher.group(2)) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> GIB;
          default -> 1;
        };
    return amount > Long.MAX_VALUE / unit ? Long.MAX_VALUE : amount * unit;
  }

  static Path path(String text) {
    String home = System.getProperty("user.home", "");
    boolean inHome = text.equals("~") || text.startsWith("~/");
    try {
      return Path.of(inHome ? home + text.substring(1) : text).toAbsolutePath().normalize();
    } catch (InvalidPathException _) {
      throw new IllegalArgumentException("is no path");
    }
  }

  /// One to 128 visible ASCII characters.
  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("is not 1 to 128 visible ASCII characters");
    }
    return text;
  }

  /// What may stand in a header: visible ASCII characters.
  static String headerText(String text) {
    if (!HEADER_TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("has something else than visible ASCII characters");
    }
    return text;
  }

  static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException("is neither a host name nor an address");
    }
    return text;
  }

  /// An http or https address without user, query and fragment.
  static URI webAddress(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("is no address");
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!List.of("http", "https").contains(scheme) || uri.getHost() == null) {
      throw new IllegalArgumentException("is no address that begins with http:// or https://");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("has a user, a query or a fragment");
    }
    return uri;
  }

  /// Web origins, separated by commas: scheme, host and port only, as browsers send them.
  static List<String> origins(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(Parsers::origin).toList();
  }

  private static String origin(String text) {
    URI uri = webAddress(text);
    if (!uri.getRawPath().isEmpty()) {
      throw new IllegalArgumentException("names an origin with a path");
    }
    return text;
  }

  /// Names of services, separated by commas.
  static Set<String> subjects(String text) {
    Set<String> subjects = new LinkedHashSet<>();
    for (String subject : text.split(",", -1)) {
      if (subject.isBlank()) {
        throw new IllegalArgumentException("has an entry without a name");
      }
      if (subject.contains("*")) {
        throw new IllegalArgumentException("has a wildcard; name every service in full");
      }
      subjects.add(subject.strip());
    }
    return subjects;
  }

  static <E extends Enum<E>> Setting.Parser<E> oneOf(Class<E> type) {
    List<E> values = List.of(type.getEnumConstants());
    return text ->
        values.stream()
            .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "is none of " + values.toString().toLowerCase(Locale.ROOT)));
  }
}
